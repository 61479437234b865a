package lib.quirk;

import module java.base;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of limits and of the parameters that set them.
public enum ParameterQuirks implements Quirk {
    /// The newer name of the limit on output, which counts reasoning too. OpenAI, xAI, Groq, Cerebras; 2026-08, vercel/ai.
    MAX_COMPLETION_TOKENS((body, _) -> rename(body, "max_tokens", "max_completion_tokens")),

    /// Refuses `stream_options` and counts all the same. https://docs.mistral.ai/api ; 2026-08.
    NO_STREAM_OPTIONS((body, _) -> Json.drop(body, "stream_options")),

    /// A model that reasons refuses `stop`: enforced here. https://platform.openai.com/docs/guides/reasoning ; 2026-08.
    NO_STOP_WHEN_REASONING,

    /// A model that reasons refuses temperature and top_p, unless reasoning is switched off. OpenAI; 2026-08, vercel/ai.
    NO_SAMPLING_WHEN_REASONING((body, route) -> {
        if (!route.model().reasons() || Json.text(body, "reasoning_effort").equals("none")) return;
        Json.drop(body, "temperature");
        Json.drop(body, "top_p");
    }),

    /// Refuses a prompt over the window with a 400 or 413 without a word. Cerebras; 2026-11, pi-ai.
    BLANK_REFUSAL_IS_OVERFLOW,

    /// Takes `top_k`, which is not OpenAI's. vLLM, llama.cpp, OpenRouter, Together; 2026-11.
    TOP_K,

    /// Takes PDF documents as `file` parts. https://platform.openai.com/docs/guides/pdf-files ; 2026-08.
    FILE_PARTS,

    /// Takes PDF documents as `document_url` parts. https://docs.mistral.ai/capabilities/document_ai/document_qna ; 2026-08.
    DOCUMENT_PARTS,

    /// The model stands in the address; as the model counts an adapter on top of it, or none.
    /// https://docs.predibase.com/user-guide/inference/migrate-openai ; 2026-11.
    ADAPTER_AS_MODEL((body, route) -> Json.put(body, "model", route.name().contains("/") ? route.name().substring(route.name().indexOf('/') + 1) : "")),

    /// At temperature 0 nothing but a top_p of 1 will do. https://docs.mistral.ai/api , "top_p must be 1 when using greedy sampling"; 2026-11, recalled.
    NO_TOP_P_WHEN_GREEDY(CHAT_AND_TEXT, (body, _) -> {
        if (Json.has(body, "temperature") && Json.decimal(body, "temperature") == 0) Json.drop(body, "top_p");
    }),

    /// Routes one conversation to one cache by a key. https://platform.openai.com/docs/guides/prompt-caching ; Mistral, pi-ai 1.5.2; 2026-11.
    PROMPT_CACHE_KEY(CHAT_AND_RESPONSES) {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (!request.session().isEmpty()) Json.put(body, "prompt_cache_key", request.session());
        }
    },

    /// Wants to tell one user from another. https://platform.openai.com/docs/guides/safety-best-practices ; 2026-08.
    SAFETY_IDENTIFIER(CHAT_AND_RESPONSES) {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var user = Json.text(request.message(), "metadata", "user_id");
            if (!user.isEmpty()) Json.put(body, "safety_identifier", Hash.hex(user, 16));   // 64 characters at most; Claude Code's id is longer
        }
    },

    /// Keeps a conversation at one host by its session, and caches Claude's prompts only when asked to.
    /// https://openrouter.ai/docs/guides/best-practices/prompt-caching ; 2026-11.
    SESSION_ID {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (!request.session().isEmpty()) Json.put(body, "session_id", request.session());
            if (route.family() == Family.CLAUDE && Json.write(Json.find(request.message(), "system")).contains("\"cache_control\""))
                Json.put(body, "cache_control", Json.object("type", "ephemeral"));
        }
    },

    /// Caches Claude's prompts up to the parts that are marked: the system's words, and the last that was said.
    /// SAP/ai-sdk-js packages/orchestration/src/client/api/schema/cache-control.ts ; 2026-11.
    CACHE_MARKS {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (route.family() != Family.CLAUDE || !Json.write(Json.find(request.message(), "system")).contains("\"cache_control\"")) return;
            var messages = Json.list(body, "messages");
            for (var message : List.of(messages.getFirst(), messages.getLast())) mark((JsonObject) message);
        }

        private static void mark(JsonObject message) {
            if (Json.isText(message, "content")) Json.put(message, "content", Json.array(History.text(Json.text(message, "content"))));
            var texts = Json.list(message, "content").stream().filter(part -> !Json.text(part, "text").isEmpty()).toList();
            if (!texts.isEmpty()) Json.put((JsonObject) texts.getLast(), "cache_control", Json.object("type", "ephemeral"));
        }
    };

    private static final int SMALLEST_OUTPUT = 1024;

    private final Set<Shape> shapes;
    private final BiConsumer<JsonObject, Route> patch;

    ParameterQuirks() { this(CHAT_BODIES); }

    ParameterQuirks(Set<Shape> shapes) { this(shapes, (_, _) -> { }); }

    ParameterQuirks(BiConsumer<JsonObject, Route> patch) { this(CHAT_BODIES, patch); }

    ParameterQuirks(Set<Shape> shapes, BiConsumer<JsonObject, Route> patch) {
        this.shapes = shapes;
        this.patch = patch;
    }

    @Override public Set<Shape> shapes() { return shapes; }

    @Override public void patch(JsonObject body, Request request, Route route) { patch.accept(body, route); }

    public static boolean takesStops(Route route) {
        return !(route.has(NO_STOP_WHEN_REASONING) && route.model().reasons());
    }

    /// The output the model can give: no more than its limit, and than its window leaves beside the input.
    public static long output(Request request, Route route) {
        var wanted = Json.number(request.message(), "max_tokens");
        var model = route.model();
        var free = model.context() - request.tokens();
        return Math.min(Math.min(wanted, model.output()), Math.max(free, Math.min(wanted, SMALLEST_OUTPUT)));
    }

    public static void rename(JsonObject body, String from, String to) {
        if (!Json.has(body, from)) return;
        Json.put(body, to, Json.find(body, from));
        Json.drop(body, from);
    }
}
