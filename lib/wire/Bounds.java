package lib.wire;

/// How much FreeCC takes from the other side of a connection. Whatever a broken or hostile peer could make endless has its
/// bound here; how long it may take is in `Timing`.
public final class Bounds {
    private static final int MIB = 1024 * 1024;

    /// The body of a request, as it comes and inflated. Anthropic's own bound is 32 MB.
    public static final int REQUEST = 64 * MIB;
    /// What is read of a body that is already refused, so that its sender gets to read the refusal.
    public static final int REFUSED = 4 * REQUEST;
    /// A line or an event of a stream, or a whole reply in JSON. AWS's decoder takes 24 MiB of a message.
    public static final int FRAME = 32 * MIB;
    /// Everything that one answer sends.
    public static final int REPLY = 256 * MIB;
    /// The text of a message that is sent as a whole, and so has to be kept.
    public static final int KEPT = 64 * MIB;
    /// An error, or the answer to a short question.
    public static final int ERROR = MIB / 4;
    /// What the log shows of an answer.
    public static final int LOGGED = 4 * MIB;

    private Bounds() {}

    public static ApiError exceeded(String what, int bound) {
        return new ApiError(502, "the provider sent " + what + " of more than " + bound / MIB + " MiB, which FreeCC does not take");
    }
}
