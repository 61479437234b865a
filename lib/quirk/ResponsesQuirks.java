package lib.quirk;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.route.*;
import lib.wire.*;

/// Quirks of the bodies of OpenAI's Responses.
public enum ResponsesQuirks implements Quirk {
    /// Wants the system prompt as `instructions` ("Instructions are required") and refuses it as a message ("System messages
    /// are not allowed"); what the client says later in that role goes as `developer`, as Codex does. openai/codex ; 2026-11.
    INSTRUCTIONS {
        @Override public void patch(JsonObject body, Request request, Route route) {
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
    },

    /// Refuses a limit on the answer ("Unsupported parameter: max_output_tokens"), and sampling parameters.
    /// https://github.com/RayBytes/ChatMock/issues/103 , LiteLLM litellm/llms/chatgpt/responses ; 2026-11.
    NO_LIMIT_NO_SAMPLING {
        @Override public void patch(JsonObject body, Request request, Route route) {
            for (var name : new String[]{"max_output_tokens", "temperature", "top_p"}) Json.drop(body, name);
        }
    },

    /// Is not asked to do without reasoning by an effort of `none`, which its editors never send: the model's own measure
    /// holds then. pi-ai 1.5.2 api/openai-responses.js ; 2026-11.
    NO_EFFORT_OF_NONE {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (Json.text(body, "reasoning", "effort").equals("none")) Json.drop(body, "reasoning");
        }
    },

    /// Answers in a stream or not at all; a client that wants none gets it whole from here. As above ; 2026-11.
    ALWAYS_STREAMS {
        @Override public void patch(JsonObject body, Request request, Route route) { Json.put(body, "stream", true); }
    },

    /// A name without a slash is no model but a preset, of how much is searched and thought. The names of its models of
    /// before stand for what has replaced them. https://docs.perplexity.ai/docs/agent-api/presets ; danielmiessler/Fabric, v1.4.528 ; 2026-11.
    PRESETS {
        private static final String OWN = "perplexity/sonar";
        private static final Map<String, String> FORMER = Map.of("sonar", "", "sonar-pro", "fast", "sonar-reasoning-pro", "low");

        @Override public void patch(JsonObject body, Request request, Route route) {
            if (route.name().contains("/")) return;
            var preset = FORMER.getOrDefault(route.name(), route.name());
            if (FORMER.containsKey(route.name())) Json.put(body, "model", OWN);   // a preset alone may take another maker's model
            else Json.drop(body, "model");
            if (!preset.isEmpty()) Json.put(body, "preset", preset);
        }
    },

    /// Searches the web itself where it is offered to, at a price: so only its own models are, which are made for it, and
    /// who asks for a search. https://docs.perplexity.ai/docs/agent-api/tools ; 2026-11.
    WEB_SEARCH {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var asked = Json.list(request.message(), "tools").stream().anyMatch(tool -> Json.text(tool, "type").startsWith("web_search"));
            if (route.name().contains("/") && !asked) return;
            var choice = Json.text(request.message(), "tool_choice", "type");
            if (choice.equals("none") || choice.equals("tool") && Json.has(body, "tools")) return;
            var tools = new ArrayList<>(Json.list(body, "tools"));
            tools.add(Json.object("type", "web_search"));
            Json.put(body, "tools", Json.arrayOf(tools));
        }
    };

    @Override public Set<Shape> shapes() { return RESPONSES_BODIES; }
}
