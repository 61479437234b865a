package lib.quirk;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;

/// Quirks of the headers that go with a request.
public enum HeaderQuirks implements Quirk {
    /// Bills what a person asks, not what follows from it, and must be told which it is. microsoft/vscode-copilot-chat
    /// src/platform/networking, pi-ai 1.5.2 api/github-copilot-headers.js ; 2026-11.
    INITIATOR((request, _) -> Map.of("x-initiator", Initiator.isPerson(request) ? "user" : "agent")),

    /// Must be told when the conversation contains images. As above ; 2026-11.
    VISION_IS_TOLD((request, _) -> hasImages(request) ? Map.of("copilot-vision-request", "true") : Map.of()),

    /// Each replica has its own cache; the header keeps a conversation at one of them.
    /// https://docs.fireworks.ai/guides/prompt-caching , pi-ai 1.5.2 api/anthropic-messages.js ; 2026-11.
    SESSION_AFFINITY((request, _) -> session(request, "x-session-affinity")),

    /// Keeps a conversation at one host through this header where Anthropic's API has no field for it. As above ; 2026-11.
    SESSION_ID_HEADER((request, route) -> route.dialect().relays() ? session(request, "x-session-id") : Map.of()),

    /// Wants to know that a coding agent is using Claude. github.com/databricks/ucode sets it for Claude Code ; 2026-11.
    CODING_AGENT((_, route) -> route.dialect().relays() ? Map.of("x-databricks-use-coding-agent-mode", "true") : Map.of()),

    /// Finds a conversation's cache through these headers too. pi-ai 1.5.2 api/openai-codex-responses.js ; 2026-11.
    SESSION_HEADER((request, _) -> session(request, "session-id", "x-client-request-id"));

    private final BiFunction<Request, Route, Map<String, String>> headers;

    HeaderQuirks(BiFunction<Request, Route, Map<String, String>> headers) { this.headers = headers; }

    @Override public Set<Shape> shapes() { return ANY_BODY; }

    @Override public void patch(Draft draft, Request request, Route route) { draft.headers().putAll(headers.apply(request, route)); }

    private static Map<String, String> session(Request request, String... names) {
        return request.session().isEmpty() ? Map.of() : Stream.of(names).collect(Collectors.toMap(name -> name, _ -> request.session()));
    }

    private static boolean hasImages(Request request) {
        return Json.list(request.message(), "messages").stream().flatMap(turn -> History.blocks(Json.find(turn, "content")).stream())
            .anyMatch(block -> Media.isImage(block) || Json.list(block, "content").stream().anyMatch(Media::isImage));
    }
}
