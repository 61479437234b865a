package lib.server;

import module java.base;

import lib.wire.*;

/// Services of Anthropic's API that FreeCC does not have, because other providers have nothing like them.
/// https://docs.claude.com/en/api/overview
final class Elsewhere {
    private static final Map<String, String> SERVICES = Map.ofEntries(
        Map.entry("messages/batches", "message batches"), Map.entry("files", "files"), Map.entry("skills", "skills"),
        Map.entry("agents", "managed agents"), Map.entry("sessions", "managed agents' sessions"),
        Map.entry("environments", "managed agents' environments"), Map.entry("complete", "text completions"),
        Map.entry("organizations", "Admin API"), Map.entry("usage", "usage reports"));
    private static final Pattern PATH = Pattern.compile("/v1/(messages/batches|[a-z]+)(/.*)?");

    private Elsewhere() {}

    static ApiError notServed(String path) {
        var service = PATH.matcher(path);
        var name = service.matches() ? SERVICES.getOrDefault(service.group(1), "") : "";
        return new ApiError(404, name.isEmpty()
            ? path + " is not served here; Claude Code's base URL must be FreeCC's address without a path"
            : "FreeCC does not have Anthropic's " + name + " (" + path
                + "): it serves /v1/messages, /v1/messages/count_tokens and /v1/models");
    }
}
