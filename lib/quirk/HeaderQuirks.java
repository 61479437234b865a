package lib.quirk;

import module java.base;

import lib.message.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of the headers that go with a request.
public enum HeaderQuirks implements Quirk {
    /// Counts what a person asks and not what follows from it, and is told which it is. microsoft/vscode-copilot-chat
    /// src/platform/networking, pi-ai 1.5.2 api/github-copilot-headers.js ; 2026-11.
    INITIATOR {
        @Override Map<String, String> headers(Request request, Route route) { return Map.of("x-initiator", Initiator.isPerson(request) ? "user" : "agent"); }
    },

    /// Wants to be told that there are images, wherever in the conversation they stand. As above ; 2026-11.
    VISION_IS_TOLD {
        @Override Map<String, String> headers(Request request, Route route) { return shows(request) ? Map.of("copilot-vision-request", "true") : Map.of(); }
    },

    /// Has a cache at each of its replicas, and keeps a conversation at one. https://docs.fireworks.ai/guides/prompt-caching ,
    /// pi-ai 1.5.2 api/anthropic-messages.js ; 2026-11.
    SESSION_AFFINITY {
        @Override Map<String, String> headers(Request request, Route route) { return ofSession(request, "x-session-affinity"); }
    },

    /// Keeps a conversation at one host, and where Anthropic's API has no field for it, by this header. As above ; 2026-11.
    SESSION_ID_HEADER {
        @Override Map<String, String> headers(Request request, Route route) { return route.dialect().relays() ? ofSession(request, "x-session-id") : Map.of(); }
    },

    /// Wants to be told that a coding agent asks, of Claude. github.com/databricks/ucode sets it for Claude Code ; 2026-11.
    CODING_AGENT {
        @Override Map<String, String> headers(Request request, Route route) { return route.dialect().relays() ? Map.of("x-databricks-use-coding-agent-mode", "true") : Map.of(); }
    },

    /// Keeps a conversation in one cache by the header too. pi-ai 1.5.2 api/openai-codex-responses.js ; 2026-11.
    SESSION_HEADER {
        @Override Map<String, String> headers(Request request, Route route) {
            return request.session().isEmpty() ? Map.of() : Map.of("session-id", request.session(), "x-client-request-id", request.session());
        }
    };

    @Override public Set<Shape> shapes() { return ANY_BODY; }

    abstract Map<String, String> headers(Request request, Route route);

    @Override public void patch(Draft draft, Request request, Route route) { draft.headers().putAll(headers(request, route)); }

    private static Map<String, String> ofSession(Request request, String name) { return request.session().isEmpty() ? Map.of() : Map.of(name, request.session()); }

    private static boolean shows(Request request) {
        return Json.list(request.message(), "messages").stream().flatMap(turn -> History.blocks(Json.find(turn, "content")).stream())
            .anyMatch(block -> Media.isImage(block) || Json.list(block, "content").stream().anyMatch(Media::isImage));
    }
}
