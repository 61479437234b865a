package lib.dialect;

import com.google.gson.JsonElement;
import lib.wire.ApiError;
import lib.wire.Json;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a provider's refusal means in Anthropic's terms: https://docs.claude.com/en/api/errors
public final class Errors {
    private Errors() {}

    public static ApiError of(int status, Map<String, List<String>> headers, String text, Route route) {
        var body = Json.objectIn(text.stripLeading().startsWith("[") ? text.strip().substring(1, text.strip().length() - 1) : text);   // Google wraps it in a list
        var message = message(body);
        if (message.isBlank()) message = text.isBlank() || text.stripLeading().startsWith("<") ? "HTTP " + status : text.strip();
        var code = code(body);
        var overflow = Overflow.in(message, code, status, route);
        if (!overflow.isEmpty()) return ApiError.invalid(overflow);
        var mapped = status(status, message, code);
        var wait = retryAfter(headers, body);
        return new ApiError(mapped, route.label() + ": " + message + named(body, message), mapped >= 429 && !wait.isEmpty() ? Map.of("retry-after", wait) : Map.of());
    }

    /// An error that arrives inside a reply of status 200.
    static ApiError inside(JsonElement chunk) {
        var error = Json.has(chunk, "error") ? Json.find(chunk, "error") : chunk;
        var message = message(chunk);
        var code = code(chunk);
        var status = Json.number(error, "code") >= 400 ? (int) Json.number(error, "code") : (int) Json.number(error, "status_code");
        if (status < 400 && code.matches("[45]\\d\\d")) status = Integer.parseInt(code);
        if (status < 400) status = code.contains("rate_limit") ? 429 : code.contains("invalid") ? 400 : 500;
        return new ApiError(status(status, message, code), message.isBlank() ? "the provider reports an error: " + Json.write(chunk) : message);
    }

    /// Every host puts the text elsewhere.
    private static String message(JsonElement body) {
        for (var path : List.of("error/message", "error/error/message", "message", "detail", "error", "error_message", "msg", "message/detail", "detail/message")) {
            var found = Json.find(body, path.split("/"));
            if (Json.isText(found) && !Json.text(found).isBlank()) return Json.text(found);
            var listed = Json.list(found).stream().map(item -> String.join(".", Json.list(item, "loc").stream().map(Json::spelled).toList()) + " "
                + Json.text(item, "msg") + Json.text(item, "message") + " " + Json.text(item, "type")).map(String::strip).collect(Collectors.joining("; "));
            if (!listed.isBlank()) return listed;
        }
        var first = Json.list(body, "errors");
        return first.isEmpty() ? "" : Json.text(first.getFirst(), "message");
    }

    private static String code(JsonElement body) {
        return String.join(" ", Json.spelled(body, "error", "code"), Json.spelled(body, "error", "type"), Json.spelled(body, "error", "status"),
            Json.spelled(body, "code"), Json.spelled(body, "type")).strip();
    }

    /// The parameter at fault, where the text does not name it.
    private static String named(JsonElement body, String message) {
        var param = Json.text(body, "error", "param");
        return param.isEmpty() || message.contains(param) ? "" : " (parameter: " + param + ")";
    }

    private static int status(int status, String message, String code) {
        var text = (message + " " + code).toLowerCase(Locale.ROOT);
        if (status == 402 || text.contains("insufficient_quota") || text.contains("exceeded_current_quota") || text.contains("credit balance is too low")
            || text.contains("insufficient balance")) return 402;
        if (status == 400 && (text.contains("api key not valid") || text.contains("invalid api key") || text.contains("incorrect api key"))) return 401;
        if (status == 413 && text.contains("rate_limit") || status == 413 && text.contains("tokens per minute")) return 429;
        if (status == 500 && (text.contains("overloaded") || text.contains("at capacity"))) return 529;
        return switch (status) {
            case 401, 402, 403, 404, 409, 413, 429, 529 -> status;
            case 405, 400, 422 -> 400;
            case 408, 504, 524 -> 504;
            case 503 -> 529;
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
            return seconds(Duration.between(Instant.now(), ZonedDateTime.parse(given, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()).toMillis() / 1000.0);
        } catch (DateTimeParseException e) {
            return "";   // neither seconds nor a date: the client's own backoff serves
        }
        var delay = Json.list(body, "error", "details").stream().map(detail -> Json.text(detail, "retryDelay")).filter(text -> text.matches("[\\d.]+s")).findFirst();
        return delay.map(text -> seconds(Double.parseDouble(text.substring(0, text.length() - 1)))).orElse("");
    }

    private static String seconds(double seconds) { return String.valueOf(Math.max(1, (long) Math.ceil(seconds))); }
}
