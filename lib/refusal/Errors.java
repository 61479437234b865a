package lib.refusal;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// Translates a provider's error into Anthropic's terms: https://docs.claude.com/en/api/errors
public final class Errors {
    /// The status for a type or code that arrives without one.
    private static final Map<String, Integer> STATUSES = Map.of("rate_limit", 429, "overloaded", 529, "invalid", 400, "bad_request", 400,
        "authentication", 401, "permission", 403, "not_found", 404, "timeout", 504, "unavailable", 503);
    private static final Pattern UNPAID = Pattern.compile("insufficient_quota|exceeded_current_quota|credit balance is too low|insufficient balance|billing_hard_limit|used all available credits|token_quota_reached|used up your daily free allocation");
    private static final Pattern BAD_KEY = Pattern.compile("api key not valid|invalid api key|incorrect api key");
    private static final Pattern NO_MODEL = Pattern.compile("model_not_found|model not exist|not a valid model|invalid model|no such model|deploymentnotfound");

    private Errors() {}

    public static ApiError of(Answer answer, Route route) { return of(answer.status(), answer.headers(), answer.text(), route); }

    public static ApiError of(int status, Map<String, List<String>> headers, String text, Route route) {
        if (status >= 300 && status < 400) return ApiError.invalid(route.label() + ": the server redirected (HTTP " + status
            + "); FreeCC does not follow redirects, so that the API key goes nowhere else. Check the base URL");
        var body = body(text);
        var message = message(body);
        if (message.isBlank()) message = text.isBlank() || text.stripLeading().startsWith("<") ? "HTTP " + status : text.strip();
        var blank = text.isBlank() && status == 400 && route.has(ParameterQuirks.BLANK_REFUSAL_IS_OVERFLOW);
        var overflow = Overflow.in(message + counts(body), code(body), blank ? 413 : status, route.model());
        if (!overflow.isEmpty()) return ApiError.invalid(overflow);
        var mapped = status(status, message, code(body));
        var wait = retryAfter(headers, body);
        return new ApiError(mapped, route.label() + ": " + message + named(body, message), mapped >= 429 && !wait.isEmpty()
            ? Map.of("retry-after", wait) : Map.of());
    }

    /// Some hosts wrap the error in a list.
    private static JsonElement body(String text) {
        try {
            var body = Json.parse(text);
            return Json.list(body).isEmpty() ? body : Json.list(body).getFirst();
        } catch (Json.Malformed e) {
            return new JsonObject();   // a web page or plain text
        }
    }

    /// Whether a chunk or reply with status 200 is in fact an error.
    public static boolean isError(JsonElement chunk) {
        var error = Json.find(chunk, "error");
        if (error.isJsonObject() || !Json.text(error).isBlank() || Json.has(chunk, "x_groq", "error")
            || Json.number(chunk, "base_resp", "status_code") != 0) return true;
        return !Json.has(chunk, "choices") && !Json.has(chunk, "usage") && !message(chunk).isBlank();
    }

    /// An error inside a reply with status 200.
    public static ApiError inside(JsonElement chunk) {
        var error = Json.has(chunk, "error") ? Json.find(chunk, "error") : chunk;
        var message = message(chunk);
        return new ApiError(status(statusIn(error, code(chunk).toLowerCase(Locale.ROOT), message.toLowerCase(Locale.ROOT)), message,
            code(chunk)), !message.isBlank() ? message
            : "the provider reports an error" + (Json.keys(chunk).isEmpty() ? ", without details" : ": " + Json.write(chunk)));
    }

    public static ApiError inside(JsonElement chunk, Route route) {
        var error = inside(chunk);
        var overflow = Overflow.in(error.getMessage() + counts(chunk), code(chunk), error.status(), route.model());
        return overflow.isEmpty() ? new ApiError(error.status(), route.label() + ": " + error.getMessage()) : ApiError.invalid(overflow);
    }

    private static int statusIn(JsonElement error, String code, String message) {
        for (var field : List.of("code", "status_code", "http_code", "status"))
            if (Json.spelled(error, field).matches("[45]\\d\\d")) return Integer.parseInt(Json.spelled(error, field));
        if (message.contains("rate limit") || message.contains("too many requests")) return 429;
        return STATUSES.keySet().stream().filter(code::contains).sorted().map(STATUSES::get).findFirst().orElse(500);
    }

    /// Every host puts the text elsewhere.
    private static String message(JsonElement body) {
        for (var path : List.of("error/message", "error/error/message", "message", "detail", "error", "error_message", "msg",
            "message/detail", "detail/message", "x_groq/error", "base_resp/status_msg", "traceback")) {
            var found = Json.find(body, path.split("/"));
            if (Json.isText(found) && !Json.text(found).isBlank()) return Json.text(found);
            var listed = Json.list(found).stream()
                .map(item -> String.join(".", Json.list(item, "loc").stream().map(Json::spelled).toList()) + " "
                    + Json.text(item, "msg") + Json.text(item, "message") + " " + Json.text(item, "type")).map(String::strip)
                .collect(Collectors.joining("; "));
            if (!listed.isBlank()) return listed;
        }
        return Json.text(firstOf(body), "message");
    }

    private static JsonElement firstOf(JsonElement body) {
        return Json.list(body, "errors").isEmpty() ? new JsonObject() : Json.list(body, "errors").getFirst();
    }

    /// llama.cpp counts beside the text.
    private static String counts(JsonElement body) {
        return Json.has(body, "error", "n_ctx")
            ? " " + Json.number(body, "error", "n_prompt_tokens") + " tokens > " + Json.number(body, "error", "n_ctx") + " maximum" : "";
    }

    private static String code(JsonElement body) {
        return String.join(" ", Json.spelled(body, "error", "code"), Json.spelled(body, "error", "type"),
            Json.spelled(body, "error", "status"), Json.spelled(body, "code"), Json.spelled(body, "type"), Json.spelled(body, "error_code"),
            Json.spelled(body, "base_resp", "status_code"), Json.spelled(firstOf(body), "code")).strip();
    }

    /// The parameter at fault, where the text does not name it.
    private static String named(JsonElement body, String message) {
        var param = Json.text(body, "error", "param") + Json.text(body, "param");   // Mistral has no `error` around it
        return param.isEmpty() || message.contains(param) ? "" : " (parameter: " + param + ")";
    }

    private static int status(int status, String message, String code) {
        var text = (message + " " + code).toLowerCase(Locale.ROOT);
        if (UNPAID.matcher(text).find()) return 402;
        if (status == 400 && BAD_KEY.matcher(text).find()) return 401;
        if (status == 400 && NO_MODEL.matcher(text).find()) return 404;
        if (status == 413 && text.contains("rate_limit") || status == 413 && text.contains("tokens per minute")) return 429;
        if (status == 500 && (text.contains("overloaded") || text.contains("at capacity"))) return 529;
        // https://developers.cloudflare.com/workers-ai/platform/errors/
        if (text.contains("no more data centers") || text.contains("capacity temporarily exceeded")) return 529;
        return switch (status) {
            case 401, 402, 403, 404, 409, 413, 429, 529 -> status;
            case 405, 400, 422 -> 400;
            case 408, 504, 524 -> 504;
            case 503 -> 529;
            case 499 -> 500;   // given up between the provider and its model
            default -> status >= 500 || status < 400 ? 500 : 400;
        };
    }

    /// Seconds to wait, whole and at least one.
    private static String retryAfter(Map<String, List<String>> headers, JsonElement body) {
        var lower = new HashMap<String, String>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.getFirst()));
        var millis = lower.getOrDefault("retry-after-ms", "");
        if (millis.matches("\\d+(\\.\\d+)?")) return seconds(Double.parseDouble(millis) / 1000);
        var given = lower.getOrDefault("retry-after", "");
        if (given.matches("\\d+(\\.\\d+)?")) return seconds(Double.parseDouble(given));
        if (!given.isEmpty()) try {
            return seconds(Duration.between(Instant.now(), ZonedDateTime.parse(given, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
                .toMillis() / 1000.0);
        } catch (DateTimeParseException e) {
            return "";   // neither seconds nor a date: the client's own backoff serves
        }
        var reset = Json.number(body, "error", "resets_in_seconds");   // of a subscription, often hours away
        if (reset > 0) return seconds(reset);
        var delay = Json.list(body, "error", "details").stream().map(detail -> Json.text(detail, "retryDelay"))
            .filter(text -> text.matches("\\d+(\\.\\d+)?s")).findFirst();
        return delay.map(text -> seconds(Double.parseDouble(text.substring(0, text.length() - 1)))).orElse("");
    }

    private static String seconds(double seconds) { return String.valueOf(Math.max(1, (long) Math.ceil(seconds))); }
}
