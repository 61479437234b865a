import lib.json.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A whole answer of one dialect, as test/faults has it, in the pieces that a fault can lose, double, damage or delay.
record FaultyAnswer(Case file, List<String> events) {
    private static final List<String> WORDS = List.of("alpha ", "beta ", "gamma");
    private static final Set<String> ANTHROPIC = Set.of("anthropic", "anthropic-compatible", "vertex-claude", "bedrock-claude");
    private static final Map<Integer, String> TYPES = Map.of(401, "authentication_error", 402, "billing_error", 403, "permission_error", 404, "not_found_error", 413,
        "request_too_large", 429, "rate_limit_error", 503, "overloaded_error", 504, "timeout_error", 529, "overloaded_error");

    static List<FaultyAnswer> all() throws IOException {
        try (var files = Files.list(Path.of("test/faults"))) {
            return files.sorted().map(FaultyAnswer::read).toList();
        }
    }

    private static FaultyAnswer read(Path path) {
        try {
            var file = Case.read(path);
            var body = file.sections().getLast().body();
            return new FaultyAnswer(file, List.of(body.strip().split(body.startsWith(":") || body.startsWith("{") ? "\n" : "\n\n")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String dialect() { return file.file().getFileName().toString().replace(".txt", ""); }

    String request() { return file.sections().stream().filter(section -> section.name().equals("request")).findFirst().orElseThrow().body(); }

    String model() { return Json.text(Json.objectIn(request()), "model"); }

    boolean isAws() { return file.sections().getLast().body().startsWith(":"); }

    boolean isNdjson() { return file.sections().getLast().body().startsWith("{"); }

    String type() { return isAws() ? "application/vnd.amazon.eventstream" : isNdjson() ? "application/x-ndjson" : "text/event-stream"; }

    byte[] bytes(String event) {
        if (isAws() && event.startsWith(":")) return AwsFrames.of(event).readByteArray();
        return (event + (isNdjson() ? "\n" : "\n\n")).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes(List<String> some) {
        var all = new java.io.ByteArrayOutputStream();
        for (var event : some) all.writeBytes(bytes(event));
        return all.toByteArray();
    }

    byte[] whole() { return bytes(events); }

    /// An event of this dialect's that holds this JSON.
    String event(String json) {
        return isNdjson() ? json : isAws() ? ":" + (dialect().equals("converse") ? "contentBlockDelta" : dialect().equals("sagemaker") ? "PayloadPart data:" : "chunk") + " " + json
            : "data: " + json;
    }

    /// As this dialect's provider says in mid-stream that something went wrong.
    String failure() {
        return switch (dialect()) {
            case "anthropic", "anthropic-compatible", "vertex-claude" -> "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
            case "converse", "bedrock-claude" -> ":!throttlingException {\"message\":\"Too many requests\"}";
            case "sagemaker" -> ":!ModelStreamError {\"Message\":\"worker died\",\"ErrorCode\":\"ModelInvocationTimeExceeded\"}";
            case "responses" -> "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"worker died\",\"param\":null}";
            case "gemini" -> "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}";
            case "ollama" -> "{\"error\":\"an error was encountered while running the model\"}";
            case "cohere" -> "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"worker died\"}}";
            default -> "data: {\"error\":{\"message\":\"worker died\",\"type\":\"server_error\",\"code\":500}}";
        };
    }

    /// The body of a refusal with this status.
    String refusal(int status) {
        var type = TYPES.getOrDefault(status, status < 500 ? "invalid_request_error" : "api_error");
        var error = "{\"type\":\"" + type + "\",\"message\":\"so says the provider\"}";
        return ANTHROPIC.contains(dialect()) ? "{\"type\":\"error\",\"error\":" + error + "}" : "{\"error\":" + error + "}";
    }

    /// The first event in which the client gets text.
    int firstText() { return (int) events.stream().takeWhile(event -> !event.contains(WORDS.getFirst())).count(); }

    /// What of its text is in these events, which are in their order.
    static String text(List<String> some) {
        var left = new ArrayList<>(WORDS);
        var text = new StringBuilder();
        for (var event : some)
            while (!left.isEmpty() && event.contains(left.getFirst())) text.append(left.removeFirst());
        return text.toString();
    }

    /// It, cut after each event.
    List<FaultyAnswer> beginnings() { return Stream.iterate(0, n -> n <= events.size(), n -> n + 1).map(n -> new FaultyAnswer(file, events.subList(0, n))).toList(); }
}
