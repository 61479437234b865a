package lib.quirk;

import module java.base;

import lib.json.*;
import lib.route.*;

/// Quirks of request bodies in OpenAI's Responses API.
public enum ResponsesQuirks implements Quirk {
    /// Wants the system prompt as `instructions` ("Instructions are required") and refuses it as a message ("System messages
    /// are not allowed"). Later system messages are sent as `developer`, as Codex does. openai/codex ; 2026-11.
    INSTRUCTIONS((body, _, _) -> instruct(body)),

    /// Refuses `max_output_tokens` ("Unsupported parameter: max_output_tokens") and sampling parameters.
    /// https://github.com/RayBytes/ChatMock/issues/103 , LiteLLM litellm/llms/chatgpt/responses ; 2026-11.
    NO_LIMIT_NO_SAMPLING((body, _, _) -> {
        for (var name : List.of("max_output_tokens", "temperature", "top_p")) Json.drop(body, name);
    }),

    /// Its own editors never send an effort of `none`; the model's default applies instead. pi-ai 1.5.2 api/openai-responses.js ; 2026-11.
    NO_EFFORT_OF_NONE((body, _, _) -> {
        if (Json.text(body, "reasoning", "effort").equals("none")) Json.drop(body, "reasoning");
    }),

    /// Always streams; a client that does not want a stream gets the answer in one piece from FreeCC. As above ; 2026-11.
    ALWAYS_STREAMS((body, _, _) -> Json.put(body, "stream", true)),

    /// A name without a slash is a preset: how much to search and to think. Names of retired models select their
    /// replacements. https://docs.perplexity.ai/docs/agent-api/presets ; danielmiessler/Fabric, v1.4.528 ; 2026-11.
    PRESETS((body, _, route) -> usePreset(body, route.name()));

    private static final Map<String, String> REPLACEMENTS = Map.of("sonar", "", "sonar-pro", "fast", "sonar-reasoning-pro", "low");

    private final Patch patch;

    ResponsesQuirks(Patch patch) { this.patch = patch; }

    @Override public Set<Shape> shapes() { return RESPONSES_BODIES; }

    @Override public void patch(Draft draft, Request request, Route route) { patch.apply(draft.body(), request, route); }

    private static void instruct(JsonObject body) {
        var input = new ArrayList<JsonElement>();
        var instructions = "";
        for (var item : Json.list(body, "input")) {
            if (!Json.text(item, "role").equals("system")) input.add(item);
            else if (instructions.isEmpty() && input.isEmpty()) instructions = Json.text(item, "content");
            else input.add(Json.object("role", "developer", "content", Json.text(item, "content")));
        }
        Json.put(body, "instructions", instructions.isEmpty() ? "You are a helpful assistant." : instructions);
        Json.put(body, "input", Json.arrayOf(input));
    }

    private static void usePreset(JsonObject body, String name) {
        if (name.contains("/")) return;
        var preset = REPLACEMENTS.getOrDefault(name, name);
        if (REPLACEMENTS.containsKey(name)) Json.put(body, "model", "perplexity/sonar");   // a preset alone may use another maker's model
        else Json.drop(body, "model");
        if (!preset.isEmpty()) Json.put(body, "preset", preset);
    }
}
