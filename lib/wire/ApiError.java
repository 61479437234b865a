package lib.wire;

import module java.base;

import lib.json.*;

/// The only error that reaches the client: an HTTP status before the first byte of the reply, an `error` event after it.
/// Types and statuses are Anthropic's: https://docs.claude.com/en/api/errors
public final class ApiError extends RuntimeException {
    /// How the JDK's client says that the connection was closed.
    private static final Pattern UNFINISHED = Pattern.compile("chunked transfer encoding, state|^fixed content-length"
        + "|received no bytes|^parsing HTTP/1|^EOF ");
    private static final int LONGEST = 4_096;

    private final int status;
    private final Map<String, String> headers;
    private final String body;
    private final JsonObject details;

    public ApiError(int status, String message) { this(status, message, Map.of()); }

    public ApiError(int status, String message, Map<String, String> headers) {
        this(status, message, headers, "", new JsonObject());
    }

    private ApiError(int status, String message, Map<String, String> headers, String body, JsonObject details) {
        super(cut(message), null, false, false);
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.details = details;
    }

    /// Anthropic's own error: its body goes to the client unchanged.
    public static ApiError relayed(int status, String message, Map<String, String> headers, String body) {
        return new ApiError(status, message, headers, body.length() > 2 * LONGEST ? "" : body, new JsonObject());
    }

    /// An error whose code the client recognizes and acts on.
    public static ApiError coded(int status, String message, JsonObject details) {
        return new ApiError(status, message, Map.of(), "", details);
    }

    public static ApiError invalid(String message) { return new ApiError(400, message); }

    /// A bug in FreeCC, or a lack of memory, which may be over a moment later.
    public static ApiError fault(Throwable cause) {
        if (cause instanceof OutOfMemoryError) return new ApiError(529,
            "FreeCC ran out of memory; try again, or give it more with _JAVA_OPTIONS=-Xmx1g", Map.of("retry-after", "5"));
        return new ApiError(500, "internal error in FreeCC (" + cause.getClass().getSimpleName() + "); see its log for details");
    }

    /// A stream that ended before the provider reported that the model had finished.
    public static ApiError brokenOff() { return new ApiError(500, "the provider's reply ended before the model had finished; try again"); }

    public static ApiError cutOff(Exception cause) {
        var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (UNFINISHED.matcher(why).find()) why = "the other side closed it before the answer was complete";
        return new ApiError(500, "the connection to the provider was lost: " + why);
    }

    /// As much of a text as a person reads: its beginning, and its end, where a trace has its cause.
    public static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST * 3 / 4) + " ... "
            + text.substring(text.length() - LONGEST / 4 + 5);
    }

    /// The same error with its text cleaned, for example of secrets.
    public ApiError without(UnaryOperator<String> clean) {
        return new ApiError(status, clean.apply(getMessage()), headers, clean.apply(body), details);
    }

    /// The same with one more header for the client.
    public ApiError with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new ApiError(status, getMessage(), Map.copyOf(more), body, details);
    }

    /// The same with advice on what to do.
    public ApiError advising(String advice) {
        UnaryOperator<String> more = words -> words.strip().replaceFirst("\\.$", "") + "; " + advice;
        var whole = Json.objectIn(body);
        var words = Json.text(whole, "error", "message");
        if (!words.isEmpty()) Json.put(Json.at(whole, "error"), "message", more.apply(words));
        return new ApiError(status, more.apply(getMessage()), headers, body.isEmpty() ? "" : Json.write(whole), details);
    }

    public int status() { return status; }

    public String type() { return typeOf(status); }

    /// Headers for the client, such as retry-after.
    public Map<String, String> headers() { return headers; }

    /// Whether a retry cannot help.
    public boolean isFinal() {
        return status < 500 && status != 408 && status != 409 && status != 429;
    }

    public String json(String requestId) {
        return body.isEmpty() ? Json.write(Json.object("type", "error", "error", error(), "request_id", requestId)) : body;
    }

    private JsonObject error() {
        var error = Json.object("type", type(), "message", getMessage());
        if (!details.isEmpty()) Json.put(error, "details", details);
        return error;
    }

    private static String typeOf(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
