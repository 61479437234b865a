package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;
import lib.model.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Routing is a pure function of the settings and of the name that is asked for.
class RoutesTest {
    private static Routes routes(String... settings) {
        var values = new HashMap<String, String>();
        for (var setting : settings) values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        return new Routes(new Config(values), new Config.Slot("demo", "", "", ""));
    }

    private static final Routes USUAL = routes("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=big", "SMALL_MODEL_PROVIDER=deepseek", "SMALL_MODEL_NAME=small", "GROQ_API_KEY=g", "DEEPSEEK_API_KEY=d",
        "OPENAI_API_KEY=o", "ACME_API_BASE=https://llm.acme.example/v1", "ANTHROPIC_API_KEY=a");

    @ParameterizedTest @CsvSource({
        "claude-freecc/big, groq/big",
        "claude-freecc/small, deepseek/small",
        "claude-freecc/openai/gpt-4.1, openai/gpt-4.1",
        "claude-freecc/big[1m], groq/big",
        "openai/gpt-4.1, openai/gpt-4.1",
        "oai/gpt-4.1, openai/gpt-4.1",
        "OpenAI/gpt-4.1, openai/gpt-4.1",
        "groq/openai/gpt-oss-120b, groq/openai/gpt-oss-120b",
        "lmstudio/some/model, lm_studio/some/model",
        "acme/their/model, acme/their/model",
        "openai/claude-haiku-like, openai/claude-haiku-like",
        "claude-haiku-5-5, deepseek/small",
        "claude-3-5-haiku-20241022, deepseek/small",
        "haiku, deepseek/small",
        "claude-sonnet-5-5, groq/big",
        "claude-sonnet-5-5[1m], groq/big",
        "claude-anything-9, groq/big",
        "sonnet, groq/big", "opus, groq/big", "fable, groq/big", "default, groq/big",
        "gpt-4.1, openai/gpt-4.1",
        "gpt-4.1-2025-04-14, openai/gpt-4.1-2025-04-14",
        "something-else, anthropic/something-else",
        "nowhere/model, anthropic/nowhere/model"})
    void theFirstRuleThatMatchesWins(String asked, String served) { assertEquals(served, USUAL.of(asked).label()); }

    @Test void smallIsAsBigWhereNothingIsSaid() {
        var routes = routes("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_NAME=gpt-4.1", "BIG_MODEL_API_KEY=k", "BIG_MODEL_API_BASE=https://big.example/v1");
        assertEquals("openai/gpt-4.1 https://big.example/v1", routes.small().label() + " " + routes.small().base());
    }

    /// The settings without a provider, and what follows from them.
    @ParameterizedTest @CsvSource({
        "BIG_MODEL_API_BASE=https://api.groq.com/openai/v1 BIG_MODEL_NAME=m BIG_MODEL_API_KEY=k,        groq/m https://api.groq.com/openai/v1",
        "BIG_MODEL_API_BASE=https://api.groq.com BIG_MODEL_NAME=groq/llama BIG_MODEL_API_KEY=k,         groq/llama https://api.groq.com/openai/v1",
        "BIG_MODEL_API_BASE=https://openrouter.ai/api BIG_MODEL_NAME=openrouter/auto BIG_MODEL_API_KEY=k, openrouter/openrouter/auto https://openrouter.ai/api",
        "BIG_MODEL_API_BASE=https://api.deepseek.com/anthropic BIG_MODEL_API_KEY=k,                     deepseek/deepseek-v4-pro https://api.deepseek.com/anthropic",
        "BIG_MODEL_API_BASE=https://eu.api.openai.com/v1 BIG_MODEL_NAME=gpt-6.1-terra OPENAI_API_KEY=k, openai/gpt-6.1-terra https://eu.api.openai.com/v1",
        "BIG_MODEL_API_BASE=https://mine.openai.azure.com BIG_MODEL_NAME=d BIG_MODEL_API_KEY=k,         azure/d https://mine.openai.azure.com/openai/deployments/{model}?api-version=2024-10-21",
        "BIG_MODEL_API_BASE=http://localhost:11434 BIG_MODEL_NAME=qwen3:8b,                             ollama/qwen3:8b http://localhost:11434",
        "BIG_MODEL_API_BASE=http://localhost:11434/v1 BIG_MODEL_NAME=qwen3:8b,                          ollama/qwen3:8b http://localhost:11434/v1",
        "BIG_MODEL_API_BASE=http://127.0.0.1:8000 BIG_MODEL_NAME=m,                                     127.0.0.1:8000/m http://127.0.0.1:8000/v1",
        "BIG_MODEL_API_BASE=https://llm.acme.example/v1/chat/completions BIG_MODEL_NAME=a/b,            llm.acme.example/a/b https://llm.acme.example/v1",
        "BIG_MODEL_API_KEY=sk-ant-api03-x,                                                              anthropic/claude-sonnet-5-5 https://api.anthropic.com",
        "BIG_MODEL_API_KEY=gsk_x BIG_MODEL_NAME=openai/gpt-oss-20b,                                     groq/openai/gpt-oss-20b https://api.groq.com/openai/v1",
        "BIG_MODEL_API_KEY=sk-or-v1-x BIG_MODEL_NAME=anthropic/claude-sonnet-5,                         openrouter/anthropic/claude-sonnet-5 https://openrouter.ai/api",
        "BIG_MODEL_API_KEY=sk-x BIG_MODEL_NAME=gpt-4.1,                                                 openai/gpt-4.1 https://api.openai.com/v1",
        "BIG_MODEL_API_KEY=sk-x BIG_MODEL_NAME=deepseek/deepseek-flash,                                 deepseek/deepseek-flash https://api.deepseek.com/anthropic",
        "BIG_MODEL_NAME=groq/llama GROQ_API_KEY=k,                                                      groq/llama https://api.groq.com/openai/v1",
        "BIG_MODEL_NAME=gpt-4.1 GROQ_API_KEY=g OPENAI_API_KEY=k,                                        openai/gpt-4.1 https://api.openai.com/v1",
        "BIG_MODEL_NAME=anthropic/claude-sonnet-4.5 OPENROUTER_API_KEY=k,                               openrouter/anthropic/claude-sonnet-4.5 https://openrouter.ai/api"})
    void theProviderFollowsFromAddressKeyOrName(String settings, String expected) {
        var big = routes(settings.split(" ")).big();
        assertEquals(expected, big.label() + " " + big.base());
    }

    @Test void theFoundProviderServesANameThatNobodyKnows() {
        var config = new Config(Map.of("BIG_MODEL_NAME", "my-own-tune", "GROQ_API_KEY", "k"));
        assertEquals("groq/my-own-tune", new Routes(config, Detection.of(config).slot()).big().label());
        var local = new Config(Map.of("BIG_MODEL_NAME", "gpt-oss:20b"));
        assertEquals("ollama/gpt-oss:20b", new Routes(local, new Config.Slot("ollama", "qwen3:8b", "", "")).big().label());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "BIG_MODEL_API_KEY=sk-x                       | BIG_MODEL_API_KEY is set, but FreeCC cannot tell for which provider: set BIG_MODEL_PROVIDER to an id from PROVIDERS.md, or BIG_MODEL_API_BASE to the address",
        "BIG_MODEL_NAME=my-own-tune BIG_MODEL_API_KEY=sk-x | BIG_MODEL_NAME and BIG_MODEL_API_KEY are set, but FreeCC cannot tell for which provider: set BIG_MODEL_PROVIDER to an id from PROVIDERS.md, or BIG_MODEL_API_BASE to the address",
        "BIG_MODEL_NAME=groq/llama                    | no key for groq: set GROQ_API_KEY",
        "BIG_MODEL_NAME=claude-sonnet-5-5 GROQ_API_KEY=k   | no key for anthropic: set ANTHROPIC_API_KEY or CLAUDE_API_KEY",
        "BIG_MODEL_NAME=my-own-tune                   | BIG_MODEL_NAME is set, but FreeCC cannot tell for which provider: set BIG_MODEL_PROVIDER to an id from PROVIDERS.md, or BIG_MODEL_API_BASE to the address"})
    void whatDoesNotFollowIsAskedForAtStart(String settings, String complaint) {
        assertEquals(List.of(complaint), routes(settings.strip().split(" ")).complaints());
    }

    @ParameterizedTest @CsvSource({
        "SMALL_MODEL_NAME=other GROQ_API_KEY=k,                                         groq/other https://api.groq.com/openai/v1",
        "SMALL_MODEL_NAME=gpt-4o-mini GROQ_API_KEY=k OPENAI_API_KEY=o,                  openai/gpt-4o-mini https://api.openai.com/v1",
        "SMALL_MODEL_NAME=gpt-4o-mini GROQ_API_KEY=k,                                   groq/gpt-4o-mini https://api.groq.com/openai/v1",
        "SMALL_MODEL_API_KEY=sk-ant-x GROQ_API_KEY=k,                                   anthropic/claude-haiku-5-5 https://api.anthropic.com",
        "SMALL_MODEL_API_BASE=http://localhost:8000/v1 SMALL_MODEL_NAME=m GROQ_API_KEY=k, localhost:8000/m http://localhost:8000/v1",
        "SMALL_MODEL_API_BASE=https://api.groq.com SMALL_MODEL_NAME=m GROQ_API_KEY=k,   groq/m https://api.groq.com/openai/v1",
        "GROQ_API_KEY=k,                                                                groq/openai/gpt-oss-20b https://api.groq.com/openai/v1",
        "GROQ_API_BASE=https://gw.example/v1 GROQ_API_KEY=k,                            groq/big https://gw.example/v1",
        "GROQ_BASE_URL=http://localhost:9/v1 GROQ_API_KEY=k,                            groq/big http://localhost:9/v1",
        "GROQ_API_BASE=https://api.groq.com/openai/v1 GROQ_API_KEY=k,                   groq/openai/gpt-oss-20b https://api.groq.com/openai/v1"})
    void theSmallModelBesideGroqsBig(String settings, String expected) {
        var small = routes(("BIG_MODEL_PROVIDER=groq BIG_MODEL_NAME=big " + settings).split(" ")).small();
        assertEquals(expected, small.label() + " " + small.base());
    }

    @Test void theSmallModelOfAnOwnServerIsItsBigOne() {
        assertEquals("openai/gpt-6.1-terra", routes("BIG_MODEL_PROVIDER=openai", "OPENAI_API_BASE=http://localhost:9/v1").small().label());
        assertEquals("openai/llama", routes("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_NAME=llama", "OPENAI_BASE_URL=http://localhost:9/v1").small().label());
    }

    @Test void aKeyGoesOnlyToItsOwnProvider() {
        var big = routes("BIG_MODEL_API_BASE=https://llm.acme.example/v1", "BIG_MODEL_NAME=m", "OPENAI_API_KEY=o", "ANTHROPIC_API_KEY=a").big();
        assertEquals(Map.of(), big.credential().signed(Ask.get(big.base(), Map.of())).headers());
    }

    @Test void aRowKnowsTheUsualModels() {
        var routes = routes("BIG_MODEL_PROVIDER=deepseek", "DEEPSEEK_API_KEY=k");
        assertEquals("deepseek/deepseek-v4-pro deepseek/deepseek-flash", routes.big().label() + " " + routes.small().label());
    }

    @Test void keyAndBaseAreOnlyInheritedAtTheSameProvider() {
        var routes = routes("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_API_KEY=k", "BIG_MODEL_API_BASE=https://big.example/v1", "BIG_MODEL_NAME=m", "SMALL_MODEL_PROVIDER=groq");
        var error = assertThrows(ApiError.class, routes::small);
        assertEquals(400, error.status());
        assertTrue(error.getMessage().contains("GROQ_API_KEY"), error.getMessage());
    }

    @Test void theSeedsFirstExample() {
        var routes = routes("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_NAME=gpt-4.1", "BIG_MODEL_API_KEY=sk-1", "SMALL_MODEL_PROVIDER=openai", "SMALL_MODEL_NAME=gpt-4o-mini", "SMALL_MODEL_API_KEY=sk-2",
            "SMALL_MODEL_API_BASE=https://xyz.llm.com/v1");
        assertEquals("openai/gpt-4.1 https://api.openai.com/v1", routes.of("claude-3-sonnet-20240229").label() + " " + routes.big().base());
        assertEquals("openai/gpt-4o-mini https://xyz.llm.com/v1", routes.of("claude-3-haiku-20240307").label() + " " + routes.small().base());
    }

    @Test void theSeedsSecondExampleNeedsNoKeyOnThisMachine() {
        var routes = routes("BIG_MODEL_PROVIDER=deepseek", "DEEPSEEK_API_KEY=k", "SMALL_MODEL_PROVIDER=openai", "SMALL_MODEL_NAME=local-llama-3", "SMALL_MODEL_API_BASE=http://localhost:8000/v1");
        assertEquals("openai/local-llama-3 http://localhost:8000/v1", routes.small().label() + " " + routes.small().base());
    }

    @ParameterizedTest @CsvSource({
        "https://x.example/v1, https://x.example/v1",
        "https://x.example/v1/, https://x.example/v1",
        "https://x.example/v1/chat/completions, https://x.example/v1",
        "https://x.example/proxy/v1/chat/completions/, https://x.example/proxy/v1",
        "https://x.example, https://x.example/v1",
        "x.example:8000/v1, http://x.example:8000/v1"})
    void aPastedBaseIsPutRight(String given, String base) { assertEquals(base, routes("OPENAI_API_KEY=k", "OPENAI_API_BASE=" + given).of("openai/m").base()); }

    @ParameterizedTest @CsvSource({
        "OPENAI_API_BASE", "OPENAI_BASE_URL", "OAI_API_BASE"})
    void theBaseHasSeveralNames(String name) { assertEquals("https://x.example/v1", routes("OPENAI_API_KEY=k", name + "=https://x.example/v1").of("openai/m").base()); }

    @Test void anUnknownProviderIsNamedWithItsVariable() {
        var error = assertThrows(ApiError.class, routes("BIG_MODEL_PROVIDER=nonesuch")::big);
        assertEquals("unknown provider 'nonesuch' in BIG_MODEL_PROVIDER; use one from PROVIDERS.md (such as openai, gemini, deepseek, groq, openrouter or ollama), "
            + "or define it with NONESUCH_API_BASE", error.getMessage());
    }

    @Test void whatIsWrongWithBothIsSaidOnce() {
        assertEquals(1, routes("BIG_MODEL_PROVIDER=nonesuch").complaints().size());
    }

    @Test void nothingConfiguredIsTheDemo() {
        assertEquals("demo/demo demo/demo", routes().of("claude-sonnet-5-5").label() + " " + routes().of("claude-haiku-5-5").label());
    }

    @Test void whatNothingServesIsRefusedWithTheChoices() {
        var error = assertThrows(ApiError.class, () -> routes().of("something-else"));
        assertEquals(400, error.status());
        assertTrue(error.getMessage().contains("groq") && error.getMessage().contains("sonnet"), error.getMessage());
    }

    @Test void everyAddressIsAUrlAlsoWhereTheModelStandsInIt() {
        assertEquals("https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0",
            routes("BIG_MODEL_PROVIDER=bedrock", "BIG_MODEL_NAME=amazon.nova-pro-v1:0", "AWS_REGION=us-east-1", "AWS_BEARER_TOKEN_BEDROCK=k").bases().getFirst());
        assertEquals("https://r.openai.azure.com/openai/deployments/my%20gpt?api-version=2024-10-21",
            routes("BIG_MODEL_PROVIDER=azure", "BIG_MODEL_NAME=my gpt", "AZURE_API_BASE=https://r.openai.azure.com", "AZURE_API_KEY=k").bases().getFirst());
    }

    @ParameterizedTest @CsvSource({
        "global, https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google",
        "us, https://aiplatform.us.rep.googleapis.com/v1/projects/p/locations/us/publishers/google",
        "eu, https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu/publishers/google",
        "europe-west4, https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/publishers/google"})
    void vertexHasAHostForEachRegion(String location, String base) {
        assertEquals(base, routes("VERTEX_PROJECT_ID=p", "VERTEX_LOCATION=" + location, "VERTEX_API_KEY=k").of("vertex/gemini-2.5-pro").base());
    }

    @Test void aRouteDoesNotPrintItsKey() { assertFalse(routes("GROQ_API_KEY=verysecret").of("groq/m").toString().contains("verysecret")); }

    @Test void theListNamesWhatHasAKey() {
        var listed = USUAL.listed().keySet();
        assertTrue(listed.contains("claude-freecc/big") && listed.contains("claude-freecc/openai/gpt-4.1") && listed.contains("claude-sonnet-5-5"), listed.toString());
        assertFalse(listed.stream().anyMatch(id -> id.contains("xai/")), listed.toString());
    }

    /// The model that is asked for, the settings, and what comes of them: the dialect and the address.
    @ParameterizedTest @CsvSource({
        "deepseek/m,            DEEPSEEK_API_KEY=k,                                                              Anthropic https://api.deepseek.com/anthropic",
        "deepseek/m,            DEEPSEEK_API_KEY=k DEEPSEEK_DIALECT=chat,                                        OpenAiChat https://api.deepseek.com",
        "deepseek/m,            DEEPSEEK_API_KEY=k DEEPSEEK_API_BASE=https://api.deepseek.com,                   OpenAiChat https://api.deepseek.com",
        "deepseek/m,            DEEPSEEK_API_KEY=k DEEPSEEK_API_BASE=https://api.deepseek.com/beta,              OpenAiChat https://api.deepseek.com/beta",
        "deepseek/m,            DEEPSEEK_API_KEY=k DEEPSEEK_API_BASE=https://gw.example,                         OpenAiChat https://gw.example",
        "deepseek/m,            DEEPSEEK_API_KEY=k DEEPSEEK_API_BASE=https://gw.example/anthropic/,              Anthropic https://gw.example/anthropic",
        "deepseek/m,            DEEPSEEK_API_KEY=k DEEPSEEK_BASE_URL=https://gw.example/v1/chat/completions,     OpenAiChat https://gw.example/v1",
        "openrouter/m,          OPENROUTER_API_KEY=k,                                                            Anthropic https://openrouter.ai/api",
        "openrouter/m,          OPENROUTER_API_KEY=k OPENROUTER_API_BASE=https://gw.example,                     Anthropic https://gw.example/api",
        "openrouter/m,          OPENROUTER_API_KEY=k OPENROUTER_API_BASE=https://gw.example/llm,                 OpenAiChat https://gw.example/llm",
        "openrouter/m,          OPENROUTER_API_KEY=k OPENROUTER_DIALECT=chat,                                    OpenAiChat https://openrouter.ai/api/v1",
        "openrouter/m,          OPENROUTER_API_KEY=k OPENROUTER_DIALECT=chat OPENROUTER_API_BASE=gw.example:80,  OpenAiChat http://gw.example:80/api/v1",
        "openai/m,              OPENAI_API_KEY=k,                                                                OpenAiResponses https://api.openai.com/v1",
        "openai/m,              OPENAI_API_KEY=k OPENAI_API_BASE=https://gw.example,                             OpenAiChat https://gw.example/v1",
        "openai/m,              OPENAI_API_KEY=k OPENAI_API_BASE=https://gw.example OPENAI_DIALECT=responses,    OpenAiResponses https://gw.example/v1",
        "groq/m,                GROQ_API_KEY=k GROQ_DIALECT=responses,                                           OpenAiResponses https://api.groq.com/openai/v1",
        "cloudflare/m,          CLOUDFLARE_API_TOKEN=k CLOUDFLARE_ACCOUNT_ID=me,                                 OpenAiChat https://api.cloudflare.com/client/v4/accounts/me/ai/v1",
        "opencode_zen/claude-sonnet-5, OPENCODE_API_KEY=k,                                                       Anthropic https://opencode.ai/zen",
        "opencode_zen/gpt-6-luna, OPENCODE_API_KEY=k,                                                            OpenAiResponses https://opencode.ai/zen/v1",
        "opencode_zen/glm-5.3,  OPENCODE_API_KEY=k,                                                              OpenAiChat https://opencode.ai/zen/v1",
        "opencode_zen/claude-x, OPENCODE_API_KEY=k OPENCODE_ZEN_DIALECT=chat,                                    OpenAiChat https://opencode.ai/zen/v1",
        "acme/m,                ACME_API_BASE=https://llm.acme.example,                                          OpenAiChat https://llm.acme.example/v1",
        "acme/m,                ACME_API_BASE=https://llm.acme.example ACME_DIALECT=responses,                   OpenAiResponses https://llm.acme.example/v1",
        "acme/m,                ACME_API_BASE=https://llm.acme.example ACME_DIALECT=Anthropic,                   Anthropic https://llm.acme.example",
        "acme/m,                ACME_API_BASE=https://llm.acme.example ACME_DIALECT=gemini,                      Gemini https://llm.acme.example/v1beta",
        "acme/m,                ACME_API_BASE=https://llm.acme.example/x ACME_DIALECT=ollama,                    Ollama https://llm.acme.example/x"})
    void whatIsSpokenAndWhere(String asked, String settings, String expected) {
        var route = routes(settings.split(" ")).of(asked);
        assertEquals(expected, route.dialect().getClass().getSimpleName() + " " + route.base());
    }

    @Test void aPlaceInTheAddressThatIsNotSetIsNamed() {
        assertEquals("cloudflare: set CLOUDFLARE_ACCOUNT_ID, or CLOUDFLARE_API_BASE to the complete base URL", assertThrows(ApiError.class, () -> routes("CLOUDFLARE_API_TOKEN=k").of("cloudflare/m")).getMessage());
        assertEquals("gdc: set GDC_API_BASE", assertThrows(ApiError.class, () -> routes("GDC_API_KEY=k").of("gdc/m")).getMessage());
        assertEquals("unknown dialect 'klingon' in ACME_DIALECT; use one of anthropic, chat, cohere, gemini, ollama, responses",
            assertThrows(Config.Wrong.class, () -> routes("ACME_API_BASE=https://x.example", "ACME_DIALECT=klingon").of("acme/m")).getMessage());
    }

    @Test void aNicknameHasNoVariablesOfItsOwn() {
        assertEquals("moonshot/m", routes("MOONSHOT_API_KEY=k").of("kimi/m").label());
        assertTrue(assertThrows(ApiError.class, () -> routes("KIMI_API_KEY=k").of("kimi/m")).getMessage().contains("MOONSHOT_API_KEY"));
        assertEquals("kimi_coding/m", routes("KIMI_API_KEY=k").of("kimi_coding/m").label());
    }

    /// A server on this machine charges nobody; what it may pass on, or the same kind of server elsewhere, may.
    @ParameterizedTest @CsvSource({"demo/demo, true", "ollama/qwen3:8b, true", "lm_studio/m, true", "triton/m, true", "ollama/gpt-oss:120b-cloud, false", "ollama/glm-5.3:cloud, false",
        "litellm_proxy/gpt-4.1, false", "acme/m, false", "hosted_vllm/m, false", "someone/m, false"})
    void whatIsFree(String model, boolean free) {
        var routes = routes("ACME_API_BASE=https://llm.acme.example/v1", "SOMEONE_API_BASE=http://localhost:5555/v1", "HOSTED_VLLM_API_BASE=http://gpu.acme.example:8000/v1");
        assertEquals(free, routes.of(model).model().price().equals(Price.FREE));
    }
}
