package claude;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;

/// An upstream in OpenAI's chat language that plays a script: what it answers depends on what it is asked.
final class Upstream extends Dispatcher implements AutoCloseable {
    static final String MODEL = "meta-llama/llama-4-scout-17b-16e-instruct";
    static final String KEY = "gsk_of_the_test";

    /// What the search service finds, whatever it is asked.
    private static final String FOUND = """
        {"results":[{"title":"Ouagadougou","url":"https://en.wikipedia.example/Ouagadougou","content":"Ouagadougou is the capital of Burkina Faso."},
         {"title":"Not this","url":"https://spam.example/x","content":"Cheap capitals."}]}""";

    final List<Ask> asks = new CopyOnWriteArrayList<>();
    private final MockWebServer server = new MockWebServer();
    private volatile Function<Ask, Reply> script;

    Upstream() throws Exception {
        server.setDispatcher(this);
        server.start();
    }

    /// The variables that make this upstream FreeCC's BIG model.
    String[] variables() {
        return new String[] {"BIG_MODEL_PROVIDER", "groq", "BIG_MODEL_NAME", MODEL, "GROQ_API_KEY", KEY,
            "GROQ_API_BASE", server.url("/openai/v1").toString(), "TAVILY_API_KEY", "tvly-test", "TAVILY_API_BASE", server.url("/tavily").toString()};
    }

    /// Forgets what it was asked, and answers by this script from now on.
    void play(Function<Ask, Reply> script) {
        asks.clear();
        this.script = script;
    }

    Ask lastAsk() { return asks.getLast(); }

    @Override public void close() { server.close(); }

    @Override public MockResponse dispatch(RecordedRequest request) {
        if (request.getTarget().equals("/tavily/search")) return refuse(200, FOUND).response();
        if (!request.getTarget().equals("/openai/v1/chat/completions")) return refuse(404, "no such path: " + request.getTarget()).response();
        var ask = new Ask(request.getHeaders().get("Authorization"), JsonParser.parseString(request.getBody().utf8()).getAsJsonObject());
        asks.add(ask);
        return script.apply(ask).response();
    }

    /// One request that reached the upstream.
    record Ask(String authorization, JsonObject body) {
        List<JsonObject> messages(String role) {
            return Json.objects(body, "messages").stream().filter(message -> Json.text(message, "role").equals(role)).toList();
        }

        /// The results of tools, in order.
        List<String> results() { return messages("tool").stream().map(message -> Json.text(message, "content")).toList(); }

        /// Everything said in this role, as JSON.
        String said(String role) { return messages(role).toString(); }
    }

    /// What the upstream answers.
    interface Reply { MockResponse response(); }

    record Call(String id, String name, String arguments) {}

    static Reply text(String text) {
        return () -> {
            var chunks = new JsonArray();
            for (var piece : pieces(text, 5)) chunks.add(chunk("{'content':%s}", Json.quoted(piece)));
            return stream(chunks, "stop");
        };
    }

    /// Calls of tools, their arguments in interleaved fragments.
    static Reply calls(Call... calls) {
        return () -> {
            var chunks = new JsonArray();
            for (int i = 0; i < calls.length; i++)
                chunks.add(chunk("{'tool_calls':[{'index':%d,'id':%s,'type':'function','function':{'name':%s,'arguments':''}}]}",
                    i, Json.quoted(calls[i].id), Json.quoted(calls[i].name)));
            var fragments = List.of(calls).stream().map(call -> pieces(call.arguments, 9)).toList();
            for (int round = 0; round < fragments.stream().mapToInt(List::size).max().orElse(0); round++)
                for (int i = 0; i < calls.length; i++)
                    if (round < fragments.get(i).size())
                        chunks.add(chunk("{'tool_calls':[{'index':%d,'function':{'arguments':%s}}]}", i, Json.quoted(fragments.get(i).get(round))));
            return stream(chunks, "tool_calls");
        };
    }

    /// A text to a request that does not stream.
    static Reply whole(String text) {
        return () -> refuse(200, "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}]}"
            .formatted(Json.quoted(text))).response();
    }

    static Reply refuse(int status, String error) {
        return () -> new MockResponse.Builder().code(status).addHeader("content-type", "application/json").body(error).build();
    }

    static Call call(String id, String name, Object... inputNamesAndValues) {
        return new Call(id, name, Json.object(inputNamesAndValues).toString());
    }

    private static JsonObject chunk(String delta, Object... values) {
        return Json.object("id", "chatcmpl-1", "object", "chat.completion.chunk", "model", MODEL, "choices",
            Json.array(Json.object("index", 0, "delta", JsonParser.parseString(delta.formatted(values)), "finish_reason", null)));
    }

    /// Server-sent events that arrive in crumbs of seven bytes.
    private static MockResponse stream(JsonArray chunks, String finish) {
        var body = new StringBuilder();
        var last = chunk("{}");
        Json.objects(last, "choices").getFirst().addProperty("finish_reason", finish);
        chunks.add(last);
        chunks.add(JsonParser.parseString("""
            {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[],
             "usage":{"prompt_tokens":1234,"completion_tokens":56,"prompt_tokens_details":{"cached_tokens":1000}}}"""));
        for (var chunk : chunks) body.append("data: ").append(chunk).append("\n\n");
        return new MockResponse.Builder().addHeader("content-type", "text/event-stream")
            .chunkedBody(body.append("data: [DONE]\n\n").toString(), 7).build();
    }

    private static List<String> pieces(String text, int size) {
        var codes = text.codePoints().toArray();
        return IntStream.iterate(0, at -> at < codes.length, at -> at + size)
            .mapToObj(at -> new String(codes, at, Math.min(size, codes.length - at))).toList();
    }
}
