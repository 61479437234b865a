package lib.refusal;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Errors in AWS's form: the type is in a header, or is the name of a stream frame.
/// https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
public final class AwsErrors {
    private static final String EXCEPTION = "exception/";
    /// What to do about an error, told by its words.
    private static final Map<String, String> HINTS = Map.of(
        "on-demand throughput", "; put a region's prefix before the model, such as us., eu., apac. or global.",
        "security token included in the request is expired",
            "; renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or set AWS_PROFILE instead",
        "security token included in the request is invalid", "; check AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN",
        "signature we calculated does not match", "; check AWS_SECRET_ACCESS_KEY, and that AWS_ACCESS_KEY_ID belongs to it",
        "signature expired", "; check this machine's clock",
        "signature not yet current", "; check this machine's clock");
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
        Map.entry("accessdenied", 403), Map.entry("validation", 400), Map.entry("resourcenotfound", 404),
        Map.entry("throttling", 429), Map.entry("servicequotaexceeded", 429), Map.entry("modeltimeout", 504),
        Map.entry("modelstreamerror", 500), Map.entry("modelerror", 500),
        Map.entry("modelnotready", 529), Map.entry("serviceunavailable", 529), Map.entry("internalserver", 500),
        Map.entry("expiredtoken", 401),
        Map.entry("unrecognizedclient", 401), Map.entry("invalidsignature", 401), Map.entry("missingauthenticationtoken", 401));

    private AwsErrors() {}

    public static ApiError of(Answer answer, Route route) { return of(answer, answer.text(), route); }

    public static ApiError of(Answer answer, String text, Route route) {
        return of(answer.header("x-amzn-errortype").replaceFirst(":.*", ""), answer.status(), answer.headers(), text, route);
    }

    /// Throws if the frame is an exception.
    public static void check(Frame frame, Route route) {
        if (frame.event().startsWith(EXCEPTION)) throw of(frame.event().substring(EXCEPTION.length()), 500, Map.of(), frame.data(), route);
    }

    private static ApiError of(String type, int status, Map<String, List<String>> headers, String text, Route route) {
        var known = STATUSES.getOrDefault(type.toLowerCase(Locale.ROOT).replaceFirst("exception$", ""), status);
        var hint = HINTS.entrySet().stream().filter(hinted -> text.toLowerCase(Locale.ROOT).contains(hinted.getKey()))
            .map(Map.Entry::getValue).findFirst().orElse("");
        if (hint.isEmpty()) return Errors.of(known, headers, text, route);
        var message = Json.text(Json.objectIn(text), "message").replaceFirst("\\.$", "");
        return Errors.of(known, headers, Json.write(Json.object("message", message + hint)), route);
    }
}
