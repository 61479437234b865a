package lib.route;

/// The reply is unusable, but a retry may succeed, if the client has not received any of it.
public final class RetryReply extends RuntimeException {
    public RetryReply(String reason) { super(reason, null, false, false); }
}
