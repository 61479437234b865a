package lib.routing;

import module java.base;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.access.*;
import lib.config.*;
import lib.model.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Servers on this machine: which is found when nothing is configured, and what it tells of a model's window.
class LocalServersTest {
    private static final String NOBODY = "http://127.0.0.1:1";   // no server may listen there
    private final MockWebServer server = new MockWebServer();
    private final Map<String, String> replies = new HashMap<>();

    @BeforeEach void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override public MockResponse dispatch(RecordedRequest request) {
                var reply = replies.get(request.getTarget());
                return reply == null ? new MockResponse.Builder().code(404).build() : new MockResponse.Builder().code(200).body(reply).build();
            }
        });
        server.start();
    }

    @AfterEach void stop() { server.close(); }

    private String address() { return "http://127.0.0.1:" + server.getPort(); }

    private Config config(String... settings) {
        var values = new HashMap<>(Map.of("OLLAMA_API_BASE", NOBODY, "LM_STUDIO_API_BASE", NOBODY + "/v1", "LLAMA_CPP_API_BASE", NOBODY + "/v1", "HOSTED_VLLM_API_BASE", NOBODY + "/v1"));
        for (var setting : settings) values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1).replace("{server}", address()));
        return new Config(values);
    }

    private static String found(Config config) {
        var found = Detection.of(config);
        return found.slot().provider() + "/" + found.slot().name() + ", " + found.why();
    }

    @Test void whatIsConfiguredComesFirst() { assertEquals("groq/, BIG_MODEL_PROVIDER", found(config("BIG_MODEL_PROVIDER=groq", "OPENAI_API_KEY=k"))); }

    @Test void thenTheFirstRowWhoseKeyIsThere() {
        replies.put("/api/tags", "{\"models\":[{\"name\":\"qwen3:8b\"}]}");
        assertEquals("deepseek/, DEEPSEEK_API_KEY is set", found(config("GROQ_API_KEY=g", "DEEPSEEK_API_KEY=d", "OLLAMA_API_BASE={server}")));
    }

    @Test void thenAServerOnThisMachineWithItsFirstModelThatIsNoEmbedding() {
        replies.put("/api/tags", "{\"models\":[{\"name\":\"nomic-embed-text:latest\"},{\"name\":\"qwen3:8b\"}]}");
        assertEquals("ollama/qwen3:8b, a server answers at " + address(), found(config("OLLAMA_API_BASE={server}")));
    }

    @Test void aServerOfOpenAisShape() {
        replies.put("/v1/models", "{\"object\":\"list\",\"data\":[{\"id\":\"text-embedding-nomic\"},{\"id\":\"qwen3-8b\"}]}");
        assertEquals("lm_studio/qwen3-8b, a server answers at " + address() + "/v1", found(config("LM_STUDIO_API_BASE={server}/v1")));
    }

    @Test void aServerOfAnotherShapeIsNotTaken() {
        replies.put("/v1/models", "<html>Hello</html>");
        replies.put("/api/tags", "{\"tags\":[]}");
        assertEquals("demo/, no key and no local server was found", found(config("OLLAMA_API_BASE={server}", "LLAMA_CPP_API_BASE={server}/v1")));
    }

    /// What each kind of server answers when it is asked for its models; the settings name none.
    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "BIG_MODEL_PROVIDER=ollama OLLAMA_API_BASE={server}           | /api/tags  | {'models':[{'name':'all-minilm-embed'},{'name':'qwen3:8b'}]} | ollama/qwen3:8b",
        "BIG_MODEL_PROVIDER=lm_studio LM_STUDIO_API_BASE={server}     | /v1/models | {'data':[{'id':'qwen3-8b'}]} | lm_studio/qwen3-8b",
        "BIG_MODEL_PROVIDER=llama_cpp BIG_MODEL_API_BASE={server}/v1  | /v1/models | {'data':[{'id':'model.gguf'}]} | llama_cpp/model.gguf",
        "BIG_MODEL_PROVIDER=vllm HOSTED_VLLM_API_BASE={server}/v1     | /v1/models | {'data':[{'id':'org/m'}]} | hosted_vllm/org/m",
        "BIG_MODEL_API_BASE={server}/v1                               | /v1/models | {'data':[{'id':'m'}]} | {host}/m"})
    void aServerIsAskedForItsModel(String settings, String path, String reply, String model) {
        replies.put(path, reply.replace('\'', '"'));
        var config = config(settings.strip().split(" "));
        var routes = new Routes(config, Detection.of(config).slot());
        assertEquals(model.replace("{host}", address().substring(7)), routes.big().label());
        assertEquals(routes.big().label(), routes.small().label());
        assertEquals(1, server.getRequestCount(), "it is asked once");
    }

    @Test void aServerThatIsNotThereIsNamedAndAskedAgain() {
        var routes = new Routes(config("BIG_MODEL_PROVIDER=llama_cpp", "LLAMA_CPP_API_BASE={server}/v1"), new Config.Slot("demo", "", "", ""));
        assertEquals(List.of("set BIG_MODEL_NAME: no server at " + address() + "/v1 lists its models; start it, or correct its base URL"), routes.complaints());
        replies.put("/v1/models", "{\"data\":[]}");
        assertTrue(routes.complaints().getFirst().endsWith("has no model yet"), routes.complaints().getFirst());
        replies.put("/v1/models", "{\"data\":[{\"id\":\"m\"}]}");
        assertEquals(List.of(), routes.complaints());
    }

    @Test void theServersKeyIsSentWithTheQuestion() throws InterruptedException {
        replies.put("/v1/models", "{\"data\":[{\"id\":\"m\"}]}");
        new Routes(config("BIG_MODEL_PROVIDER=hosted_vllm", "HOSTED_VLLM_API_BASE={server}/v1", "HOSTED_VLLM_API_KEY=k"), new Config.Slot("demo", "", "", "")).big();
        assertEquals("Bearer k", server.takeRequest().getHeaders().get("authorization"));
    }

    private long window(String model, String... settings) {
        return new ContextWindows().fitted(new Routes(config(settings), new Config.Slot("demo", "", "", "")).of(model)).model().context();
    }

    @Test void ollamaTellsTheWindowOfAModel() {
        replies.put("/api/show", "{\"model_info\":{\"general.architecture\":\"qwen3\",\"qwen3.context_length\":40960}}");
        assertEquals(40960, window("ollama/qwen3:8b", "OLLAMA_API_BASE={server}"));
    }

    @Test void vllmTellsItInItsList() {
        replies.put("/v1/models", "{\"data\":[{\"id\":\"other\",\"max_model_len\":1},{\"id\":\"org/m\",\"max_model_len\":32768}]}");
        assertEquals(32768, window("hosted_vllm/org/m", "HOSTED_VLLM_API_BASE={server}/v1"));
    }

    @Test void llamaCppTellsItsOwn() {
        replies.put("/props", "{\"default_generation_settings\":{\"n_ctx\":8192}}");
        assertEquals(8192, window("llama_cpp/m", "LLAMA_CPP_API_BASE={server}/v1"));
    }

    @Test void lmStudioTellsWhatIsLoaded() {
        replies.put("/api/v0/models", "{\"data\":[{\"id\":\"m\",\"max_context_length\":131072,\"loaded_context_length\":16384}]}");
        assertEquals(16384, window("lm_studio/m", "LM_STUDIO_API_BASE={server}/v1"));
    }

    @Test void aServerThatDoesNotTellLeavesTheCataloguesWord() { assertEquals(Catalogue.shipped().model("llama_cpp", "m").context(), window("llama_cpp/m", "LLAMA_CPP_API_BASE={server}/v1")); }

    /// How often a server is asked that answers so, one answer for each time.
    private int asked(Callable<Long> answer) {
        var times = new AtomicInteger();
        LocalServer.Window window = (_, _) -> {
            times.incrementAndGet();
            try {
                return answer.call();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        var windows = new ContextWindows(_ -> Optional.of(new LocalServer("/models", window)));
        var routes = new Routes(config("LLAMA_CPP_API_BASE={server}/v1"), new Config.Slot("demo", "", "", ""));
        for (var i = 0; i < 5; i++) windows.fitted(routes.of("llama_cpp/m"));
        return times.get();
    }

    @Test void eachModelIsAskedForUntilItsServerAnswers() {
        assertEquals(1, asked(() -> 8192L));
        assertEquals(1, asked(() -> { throw new FileNotFoundException("an older server has no such path"); }));
        assertEquals(5, asked(() -> { throw new ConnectException("not running yet"); }));
        var loading = new ArrayDeque<>(List.of("Server returned HTTP response code: 503", "and again"));
        assertEquals(3, asked(() -> {
            if (!loading.isEmpty()) throw new IOException(loading.pop());
            return 8192L;
        }));
    }
}
