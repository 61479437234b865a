package lib.dialect.text;

import module java.base;

import lib.dialect.text.TextEvents.Piece;
import lib.json.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// How to ask a text-only service to continue a prompt, and how to read its answer. Services that can stream always do,
/// so that there is one way to read them.
public enum TextApi {
    /// https://platform.openai.com/docs/api-reference/completions
    COMPLETIONS("/completions",
        asked -> asked.with(Json.object("model", asked.model(), "prompt", asked.prompt(), "max_tokens", asked.most(), "stop", stop(),
            "stream", true, "stream_options", Json.object("include_usage", true)), "temperature", "top_p"),
        TextApi::choice),

    /// Fill-in-the-middle, without a suffix. https://docs.mistral.ai/api/endpoint/fim
    INFILL("/fim/completions",
        asked -> asked.with(Json.object("model", asked.model(), "prompt", asked.prompt(), "max_tokens", asked.most(), "stop", stop(),
            "stream", true), "temperature", "top_p"),
        TextApi::choice),

    /// A prediction; its answer is at another URL. https://replicate.com/docs/reference/http
    REPLICATE(ReplicateEvents::path,
        asked -> ReplicateEvents.versioned(asked.model(), Json.object("stream", true,
            "input", asked.with(Json.object("prompt", asked.prompt(), "max_tokens", asked.most()), "temperature", "top_p"))),
        ReplicateEvents::hear) {
        @Override JsonObject parameters(JsonObject body) { return Json.at(body, "input"); }
    },

    /// The model's own parameters go beside Triton's; other backends ignore those of vLLM. Without them, only the end of the
    /// stream marks the end of the answer. https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_generate.md
    TRITON("/generate_stream",
        asked -> Json.object("text_input", asked.prompt(), "parameters", asked.with(Json.object("stream", true, "max_tokens", asked.most(),
            "exclude_input_in_output", true, "return_finish_reason", true), "temperature", "top_p", "top_k")),
        said -> new Piece(Json.text(said, "text_output"), reason(said), 0, 0)) {
        @Override JsonObject parameters(JsonObject body) { return Json.at(body, "parameters"); }
    },

    /// Not streamed; the request is form-encoded. https://github.com/petals-infra/chat.petals.dev
    PETALS("/generate",
        asked -> asked.sampled(Json.object("model", asked.model(), "inputs", asked.prompt(), "max_new_tokens", asked.most()),
            "do_sample", 1),
        said -> new Piece(Json.text(said, "outputs"), end(said, "outputs"), 0, 0)) {
        @Override Ask ask(String url, JsonObject body) {
            return Ask.post(url, Map.of("content-type", "application/x-www-form-urlencoded"), fields(body));
        }
    },

    /// Text generation of watsonx.ai. https://cloud.ibm.com/apidocs/watsonx-ai#text-generation-stream
    IBM("/text/generation_stream",
        asked -> Json.object("input", asked.prompt(), "parameters",
            asked.sampled(Json.object("max_new_tokens", asked.most(), "stop_sequences", stop()), "decoding_method", "sample")),
        TextApi::result),

    /// Not streamed. https://docs.nlpcloud.com/#generation
    NLP_CLOUD("/generation",
        asked -> asked.with(Json.object("text", asked.prompt(), "max_length", asked.most(), "length_no_input", true, "remove_input", true,
            "end_sequence", Transcript.NEXT_TURN, "remove_end_sequence", true), "temperature", "top_p", "top_k"),
        said -> new Piece(Json.text(said, "generated_text"), end(said, "generated_text"), Json.number(said, "nb_input_tokens"),
            Json.number(said, "nb_generated_tokens"))),

    /// https://github.com/Aleph-Alpha/aleph-alpha-client
    ALEPH_ALPHA("/complete",
        asked -> asked.with(Json.object("model", asked.model(), "prompt", Json.array(Json.object("type", "text", "data", asked.prompt())),
            "maximum_tokens", asked.most(),
            "stop_sequences", stop(), "stream", true), "temperature", "top_p", "top_k"),
        said -> new Piece(Json.text(said, "completion"), Json.text(said, "finish_reason"), Json.number(said, "num_tokens_prompt_total"),
            Json.number(said, "num_tokens_generated"))),

    /// An agent, which accepts separate turns. https://docs.langchain.com/langsmith/streaming
    LANGGRAPH("/runs/stream", LangGraph::body, LangGraph::hear),

    /// TGI and DJL containers behind a SageMaker endpoint.
    /// https://docs.djl.ai/master/docs/serving/serving/docs/lmi/user_guides/lmi_input_output_schema.html
    TGI("/invocations-response-stream",
        asked -> Json.object("inputs", asked.prompt(), "stream", true, "parameters",
            asked.sampled(Json.object("max_new_tokens", asked.most(), "return_full_text", false,
            "details", true, "stop", stop()), "do_sample", true)),
        TextApi::token) {
        @Override JsonObject parameters(JsonObject body) { return Json.at(body, "parameters"); }

        @Override void hear(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
            super.hear(SageMakerErrors.checked(frames, terms.route()), terms, out);
        }

        @Override ApiError error(Answer answer, Route route) { return SageMakerErrors.of(answer, route); }
    };

    /// Reads a whole answer.
    private interface AnswerReader {
        void hear(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out);
    }

    private final UnaryOperator<String> path;
    private final Function<TextRequest, JsonObject> body;
    private final AnswerReader hearing;

    TextApi(String path, Function<TextRequest, JsonObject> body, Function<JsonElement, Piece> said) {
        this(path, body, (frames, terms, out) -> TextEvents.hear(frames, terms, out, said));
    }

    TextApi(String path, Function<TextRequest, JsonObject> body, AnswerReader hearing) { this(_ -> path, body, hearing); }

    TextApi(UnaryOperator<String> path, Function<TextRequest, JsonObject> body, AnswerReader hearing) {
        this.path = path;
        this.body = body;
        this.hearing = hearing;
    }

    String path(String model) { return path.apply(model); }

    JsonObject body(Request request, Route route) { return body.apply(new TextRequest(request, route)); }

    Ask ask(String url, JsonObject body) { return Ask.post(url, body); }

    void hear(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) { hearing.hear(frames, terms, out); }

    /// The part of the body with the limit, the temperature and similar parameters.
    JsonObject parameters(JsonObject body) { return body; }

    ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    /// A text that arrives whole is complete.
    private static String end(JsonElement said, String text) { return Json.isText(said, text) ? "stop" : ""; }

    /// vLLM sends a reason, or the word None until there is one; others send nothing, and any piece may be the last.
    private static String reason(JsonElement said) {
        var told = Json.text(said, "finish_reason");
        return told.isEmpty() ? end(said, "text_output") : told.equals("None") ? "" : told;
    }

    private static JsonArray stop() { return Json.array(Transcript.NEXT_TURN); }

    private static Piece choice(JsonElement said) {
        var choices = Json.list(said, "choices");
        var choice = choices.isEmpty() ? new JsonObject() : choices.getFirst();
        var text = Json.text(choice, "text") + Json.text(choice, "delta", "content") + Json.text(choice, "message", "content");
        return new Piece(text, Json.text(choice, "finish_reason"), Json.number(said, "usage", "prompt_tokens"),
            Json.number(said, "usage", "completion_tokens"));
    }

    /// A token, the last one with the whole text again; or only the whole text if the model cannot stream.
    private static Piece token(JsonElement said) {
        var token = Json.at(said, "token");
        var special = Json.flag(token, "special") || Json.flag(token, "special_token");
        var whole = Json.text(said, "generated_text") + Json.text(said, "generation");
        // DJL's spelling if it does not stream.
        var reason = Json.text(said, "details", "finish_reason") + Json.text(said, "details", "finish reason");
        var end = reason.isEmpty() ? end(said, "generated_text") + end(said, "generation") : reason;
        var text = token.isEmpty() ? whole : special ? "" : Json.text(token, "text");
        return new Piece(text, end, 0, Json.number(said, "details", "generated_tokens"));
    }

    private static Piece result(JsonElement said) {
        var results = Json.list(said, "results");
        var result = results.isEmpty() ? new JsonObject() : results.getFirst();
        var reason = Json.text(result, "stop_reason");
        var end = reason.equalsIgnoreCase("not_finished") ? "" : reason;
        return new Piece(Json.text(result, "generated_text"), end, Json.number(result, "input_token_count"),
            Json.number(result, "generated_token_count"));
    }

    private static byte[] fields(JsonObject body) {
        return Json.keys(body).stream().map(name -> name + "=" + URLEncoder.encode(Json.spelled(body, name), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8);
    }
}
