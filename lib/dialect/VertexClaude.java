package lib.dialect;

import lib.reply.Event;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Claude on Vertex AI: Anthropic's API with the model in the path. https://docs.claude.com/en/api/claude-on-vertex-ai
public final class VertexClaude implements Dialect {
    private static final String VERSION = "vertex-2023-10-16";
    /// Flags that Vertex takes; any other would be refused. LiteLLM's table, 2026-11.
    private static final List<String> BETAS = List.of("compact-2026-01-12", "computer-use-2025-01-24", "computer-use-2025-11-24", "context-1m-2025-08-07",
        "context-management-2025-06-27", "dangerous-tool-use-2026-09-03", "inline-tools-2026-09-15", "interleaved-thinking-2025-05-14", "per-turn-control-2026-07-01",
        "thinking-binding-controls-2026-08-01", "thinking-display-updates-2026-08-18", "tool-search-tool-2025-10-19", "web-search-2025-03-05");
    private static final Map<String, String> RENAMED = Map.of("advanced-tool-use-2025-11-20", "tool-search-tool-2025-10-19");
    private static final Anthropic ANTHROPIC = new Anthropic();

    @Override public boolean relays() { return true; }

    @Override public Ask request(Request request, Route route, Terms terms) {
        var message = Json.shallow(Anthropic.withoutForeign(request.message()));
        Json.drop(message, "model");
        Json.put(message, "anthropic_version", VERSION);
        var headers = new HashMap<>(OpenAiChat.HEADERS);
        var betas = betas(request.headers().getOrDefault("anthropic-beta", ""));
        if (!betas.isEmpty()) headers.put("anthropic-beta", betas);
        return Ask.post(route.url(request.streams() ? ":streamRawPredict" : ":rawPredict"), headers, message);
    }

    private static String betas(String sent) {
        return Stream.of(sent.split(",")).map(String::strip).map(flag -> RENAMED.getOrDefault(flag, flag)).filter(BETAS::contains).distinct().collect(Collectors.joining(","));
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) { ANTHROPIC.events(frames, terms, out); }

    /// Anthropic's words, or Google's.
    @Override public ApiError error(Answer answer, Route route) { return ANTHROPIC.error(answer, route); }
}
