package lib.quirk;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of parameters: limits, sampling, caching, media.
public enum ParameterQuirks implements Quirk {
    /// The newer name of the output limit, which includes reasoning. OpenAI, xAI, Groq, Cerebras; 2026-08, vercel/ai.
    MAX_COMPLETION_TOKENS((body, _, _) -> rename(body, "max_tokens", "max_completion_tokens")),

    /// Refuses `stream_options` but reports usage anyway. https://docs.mistral.ai/api ; 2026-08.
    NO_STREAM_OPTIONS((body, _, _) -> Json.drop(body, "stream_options")),

    /// Reasoning models refuse `stop`, so FreeCC enforces it. https://platform.openai.com/docs/guides/reasoning ; 2026-08.
    NO_STOP_WHEN_REASONING,

    /// Reasoning models refuse temperature and top_p unless reasoning is off. OpenAI; 2026-08, vercel/ai.
    NO_SAMPLING_WHEN_REASONING((body, _, route) -> {
        if (!route.model().reasons() || Json.text(body, "reasoning_effort").equals("none")) return;
        Json.drop(body, "temperature");
        Json.drop(body, "top_p");
    }),

    /// Refuses a prompt that exceeds the window with a 400 or 413 and no message. Cerebras; 2026-11, pi-ai.
    BLANK_REFUSAL_IS_OVERFLOW,

    /// Accepts `top_k`, which OpenAI does not have. vLLM, llama.cpp, OpenRouter, Together; 2026-11.
    TOP_K,

    /// Accepts PDF documents as `file` parts. https://platform.openai.com/docs/guides/pdf-files ; 2026-08.
    FILE_PARTS,

    /// Reads the files for models that cannot: with FILE_PARTS, or in Anthropic's API.
    /// https://openrouter.ai/docs/guides/overview/multimodal/pdfs ; 2026-11.
    FILES_ARE_PARSED(ANY_BODY, Patch.NONE),

    /// Takes a file only by its URL or by the id of an upload. https://docs.x.ai/docs/guides/files ; 2026-11.
    NO_INLINE_FILES(RESPONSES_BODIES, Patch.NONE),

    /// Takes images only as PNG and JPEG. https://docs.x.ai/docs/guides/image-understanding , llama.cpp vendor/stb (no WebP),
    /// https://docs.z.ai/guides/vlm ; 2026-11, recalled.
    PNG_AND_JPEG(ANY_BODY, Patch.NONE),

    /// Accepts PDF documents as `document_url` parts. https://docs.mistral.ai/capabilities/document_ai/document_qna ; 2026-08.
    DOCUMENT_PARTS,

    /// The URL names the model; the `model` field names an adapter, or is empty.
    /// https://docs.predibase.com/user-guide/inference/migrate-openai ; 2026-11.
    ADAPTER_AS_MODEL((body, _, route) -> Json.put(body, "model", route.name().replaceFirst("^[^/]*/?", ""))),

    /// Refuses top_p at temperature 0: "top_p must be 1 when using greedy sampling". https://docs.mistral.ai/api ; 2026-11, recalled.
    NO_TOP_P_WHEN_GREEDY(CHAT_AND_TEXT, (body, _, _) -> {
        if (Json.has(body, "temperature") && Json.decimal(body, "temperature") == 0) Json.drop(body, "top_p");
    }),

    /// The key keeps a conversation at one cache. https://platform.openai.com/docs/guides/prompt-caching , pi-ai 1.5.2 ; 2026-11.
    PROMPT_CACHE_KEY(CHAT_AND_RESPONSES, (body, request, _) -> {
        if (!request.session().isEmpty()) Json.put(body, "prompt_cache_key", request.session());
    }),

    /// Tells users apart. https://platform.openai.com/docs/guides/safety-best-practices ; 2026-08.
    SAFETY_IDENTIFIER(CHAT_AND_RESPONSES, (body, request, _) -> {
        var user = Json.text(request.message(), "metadata", "user_id");
        if (!user.isEmpty()) Json.put(body, "safety_identifier", Hash.hex(user, 16));   // 64 characters at most; Claude Code's id is longer
    }),

    /// The session keeps a conversation at one host. Claude's prompts are cached only on request.
    /// https://openrouter.ai/docs/guides/best-practices/prompt-caching ; 2026-11.
    SESSION_ID((body, request, route) -> {
        if (!request.session().isEmpty()) Json.put(body, "session_id", request.session());
        if (wantsClaudeCache(request, route)) Json.put(body, "cache_control", Json.object("type", "ephemeral"));
    }),

    /// Caches Claude's prompts up to each marked part: here the system prompt and the last message.
    /// SAP/ai-sdk-js packages/orchestration/src/client/api/schema/cache-control.ts ; 2026-11.
    CACHE_MARKS((body, request, route) -> {
        if (!wantsClaudeCache(request, route)) return;
        var messages = Json.list(body, "messages");
        for (var message : List.of(messages.getFirst(), messages.getLast())) markCache((JsonObject) message);
    });

    private static final int SMALLEST_OUTPUT = 1024;

    private final Set<Shape> shapes;
    private final Patch patch;

    ParameterQuirks() { this(Patch.NONE); }

    ParameterQuirks(Patch patch) { this(CHAT_BODIES, patch); }

    ParameterQuirks(Set<Shape> shapes, Patch patch) {
        this.shapes = shapes;
        this.patch = patch;
    }

    @Override public Set<Shape> shapes() { return shapes; }

    @Override public void patch(Draft draft, Request request, Route route) { patch.apply(draft.body(), request, route); }

    /// The formats of the images that a route takes.
    public static Set<String> pictures(Route route) {
        return route.has(PNG_AND_JPEG) ? Set.of("image/png", "image/jpeg") : Accepts.USUAL_PICTURES;
    }

    /// Whether the provider, or the model, can read a file that its API takes. A model that sees pages reads PDF files.
    public static boolean readsFiles(Route route) { return route.model().images() || route.has(FILES_ARE_PARSED); }

    public static boolean takesStops(Route route) { return !(route.has(NO_STOP_WHEN_REASONING) && route.model().reasons()); }

    /// How much the model can write: up to its limit, and to what the input leaves free in its window.
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

    private static boolean wantsClaudeCache(Request request, Route route) {
        return route.family() == Family.CLAUDE && Json.write(Json.find(request.message(), "system")).contains("\"cache_control\"");
    }

    private static void markCache(JsonObject message) {
        if (Json.isText(message, "content")) Json.put(message, "content", Json.array(History.text(Json.text(message, "content"))));
        var texts = Json.list(message, "content").stream().filter(part -> !Json.text(part, "text").isEmpty()).toList();
        if (!texts.isEmpty()) Json.put((JsonObject) texts.getLast(), "cache_control", Json.object("type", "ephemeral"));
    }
}
