import lib.json.*;
import lib.reply.StreamLaw;
import lib.wire.ApiError;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the client got, checked against what it may get at all: a legal stream or an error of Anthropic's shape, whose type says truly
/// whether to try again, and never the key.
record FaultyView(HttpResponse<String> reply) {
    static final String KEY = "a-key-that-nobody-may-see";
    private static final Pattern PORT = Pattern.compile("(127\\.0\\.0\\.1|localhost):\\d+"), VARIABLES = Pattern.compile("\\b[A-Z][A-Z0-9_]*_(API_KEY|API_BASE)\\b");
    /// The headers of AWS's frames are in another order in each run.
    private static final Pattern CHECKSUM = Pattern.compile("0x[0-9a-f]{5,8}");
    private static final Pattern COUNTS = Pattern.compile("\\d+ tokens > \\d+ maximum");
    private static final Set<String> TYPES = Set.of("invalid_request_error", "authentication_error", "billing_error", "permission_error", "not_found_error", "request_too_large",
        "rate_limit_error", "api_error", "timeout_error", "overloaded_error");
    private static final Set<Integer> RETRIED = Set.of(408, 409, 429);

    boolean isStream() { return reply.headers().firstValue("content-type").orElse("").startsWith("text/event-stream"); }

    /// The text that reached the client.
    String text() { return isStream() ? text(reply.body()) : ""; }

    /// The text in what has come of a stream.
    static String text(String stream) { return events(stream).map(event -> Json.text(event, "delta", "text")).collect(Collectors.joining()); }

    private List<JsonObject> events() { return isStream() ? events(reply.body()).toList() : List.of(); }

    private static Stream<JsonObject> events(String stream) {
        return stream.lines().filter(line -> line.startsWith("data: ")).map(line -> Json.objectIn(line.substring(6)));
    }

    /// In words; `whole` is the message of an answer without a fault.
    String outcome(String model, String whole) {
        require(!reply.body().contains(KEY), "the key is in the answer");
        require(!reply.headers().firstValue("request-id").orElse("").isEmpty(), "no request-id");
        if (!isStream()) return refused(model);
        require(reply.statusCode() == 200, "a stream has status 200");
        // What Anthropic adds tomorrow passes, as its documentation asks of every client.
        var message = StreamLaw.check(reply.body().replaceAll("event: sparkle\n.*\n\n", ""));
        if (message != null) return message().equals(whole) ? "whole" : "another message: " + cut(message());
        var error = Json.at(events().getLast(), "error");
        require(TYPES.contains(Json.text(error, "type")) && !Json.text(error, "message").isBlank(), "an error without type or words");
        return "stream, " + Json.text(error, "type") + ": " + named(Json.text(error, "message"), model);
    }

    private String refused(String model) {
        var status = reply.statusCode();
        var error = Json.at(Json.objectIn(reply.body()), "error");
        require(status >= 400 && Json.text(Json.objectIn(reply.body()), "type").equals("error"), "no error of Anthropic's shape");
        require(new ApiError(status, "").type().equals(Json.text(error, "type")), "the type does not fit the status " + status);
        require(!Json.text(error, "message").isBlank(), "an error without words");
        var isFinal = reply.headers().firstValue("x-should-retry").orElse("").equals("false");
        require(isFinal == (status < 500 && !RETRIED.contains(status)), "x-should-retry does not fit the status");
        return status + " " + Json.text(error, "type") + ": " + named(Json.text(error, "message"), model);
    }

    /// The content and stop reason that the client makes of it.
    String message() {
        return events().stream().filter(event -> Set.of("content_block_start", "content_block_delta", "message_delta").contains(Json.text(event, "type")))
            .map(event -> {
                var delta = Json.at(event, "delta");
                for (var name : List.of("text", "thinking", "partial_json", "stop_reason")) if (Json.isText(Json.find(delta, name))) return Json.text(delta, name);
                return "[" + Json.text(event, "content_block", "type") + "]";
            }).filter(piece -> !piece.equals("[]")).reduce("", String::concat);
    }

    private static String named(String words, String model) {
        var known = words.replace(model, "MODEL").replace(model.replaceFirst("^[^/]*/", ""), "NAME");
        var told = VARIABLES.matcher(PORT.matcher(known).replaceAll("HOST")).replaceAll("$1");
        return cut(CHECKSUM.matcher(COUNTS.matcher(told.replace('\n', ' ')).replaceAll("N tokens > N maximum")).replaceAll("0xN").strip());
    }

    private static String cut(String words) { return words.length() <= 170 ? words : words.substring(0, 170) + "..."; }

    private void require(boolean holds, String law) {
        if (!holds) throw new AssertionError(law + ":\n" + reply.statusCode() + " " + reply.headers().map() + "\n" + reply.body());
    }
}
