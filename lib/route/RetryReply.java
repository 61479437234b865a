package lib.route;

/// A reply that chance may better: to be asked for once more, if nothing of it has been said yet.
public final class RetryReply extends RuntimeException {
    public RetryReply(String reason) { super(reason, null, false, false); }
}
