package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What looks like a setting and is not is reported; what belongs to another program is not.
class MisspelledTest {
    private static List<String> complaints(String... names) {
        return Misspelled.complaints(new Config(Stream.of(names).collect(Collectors.toMap(name -> name, _ -> "x"))));
    }

    @ParameterizedTest @CsvSource({
        "BIG_MODEL_PROVIDR, BIG_MODEL_PROVIDER", "SMALL_MODEL_APIKEY, SMALL_MODEL_API_KEY", "OPENAI_APIKEY, OPENAI_API_KEY", "FREECC_PORT, PORT",
        "BIG_MODLE_NAME, BIG_MODEL_NAME", "BIGMODEL_NAME, BIG_MODEL_NAME", "BIG_MODEL_BASE_URL, BIG_MODEL_API_BASE", "SMALL_MODEL_URL, SMALL_MODEL_API_BASE",
        "BIG_MODEL, BIG_MODEL_NAME", "SMALL_MODEL, SMALL_MODEL_NAME", "FREECC_APIKEY, FREECC_API_KEY", "FREECC_CONSOLE_LOG_LEVEL, CONSOLE_LOG_LEVEL",
        "ANTHROPC_API_KEY, ANTHROPIC_API_KEY", "DEEPSEKE_API_KEY, DEEPSEEK_API_KEY", "GROQ_API_BSAE, GROQ_API_BASE", "MISTRAL_DIALCT, MISTRAL_DIALECT",
        "CONSOLE_LOG_LEVLE, CONSOLE_LOG_LEVEL", "LOG_REQEST_BODY, LOG_REQUEST_BODY", "OLLAMA_API_BASES, OLLAMA_API_BASE", "AWS_REGON, AWS_REGION",
        "OPENAI_KEY, OPENAI_API_KEY", "DEEPSEEK_TOKEN, DEEPSEEK_API_KEY", "FREECC_PROT, PORT", "FREECC_HOTS, FREECC_HOST"})
    void aSlipIsReported(String written, String meant) {
        assertEquals(List.of(written + " is not a setting of FreeCC; did you mean " + meant + "?"), complaints(written));
    }

    @Test void soIsOneInTheNameOfAProviderOfTheUsersOwn() {
        assertEquals(List.of("ACME_APIKEY is not a setting of FreeCC; did you mean ACME_API_KEY?"), complaints("ACME_API_BASE", "ACME_APIKEY"));
    }

    @Test void aKeyUnderAnotherNameIsNoSlipWhereTheRightOneIsSet() {
        assertEquals(List.of(), complaints("OPENAI_KEY", "OPENAI_API_KEY"));
    }

    @Test void theVariablesOfOtherProgramsAreNot() {
        assertEquals(List.of(), complaints("OPENAI_ORG_ID", "OPENAI_MODEL", "OPENAI_API_TYPE", "OPENAI_API_VERSION", "OPENAI_API_KEY_2", "OPENAI_API_KEY1",
            "ANTHROPIC_MODEL", "ANTHROPIC_SMALL_FAST_MODEL", "ANTHROPIC_DEFAULT_HAIKU_MODEL", "CLAUDE_CODE_MAX_OUTPUT_TOKENS", "GITLAB_TOKEN", "GITLAB_API_KEY", "GH_TOKEN",
            "EXA_API_KEY", "TAVILY_API_KEY", "JINA_API_KEY", "AI_API_KEY", "BETA_API_KEY", "FAL_KEY", "SERPAPI_API_KEY", "NOTION_API_KEY", "LINEAR_API_KEY",
            "AWS_PAGER", "AWS_CA_BUNDLE", "AWS_DEFAULT_OUTPUT", "AWS_ROLE_SESSION_NAME", "AZURE_SUBSCRIPTION_ID", "GOOGLE_CLOUD_PROJECT", "CLOUDFLARE_ZONE_ID",
            "OLLAMA_HOME", "OLLAMA_MODELS", "OLLAMA_DEBUG", "HF_HOME", "WANDB_PROJECT", "PATH", "HOST", "HOSTNAME", "PORTS", "LOG_LEVEL", "DEBUG", "TERM", "NO_COLOR",
            "HTTP_PROXY", "http_proxy", "JAVA_HOME", "JBANG_CACHE_DIR", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "REDIS_URL", "DATABASE_URL", "VITE_API_BASE_URL", "FREECC_DIR",
            "POSTGRES_PASSWORD", "NPM_TOKEN", "SSH_AUTH_SOCK", "OPENSEARCH_URL"));
    }

    @Test void everyLineOfTheExampleIsASetting() {
        var names = Pattern.compile("(?m)^#? ?([A-Z][A-Z0-9_]+)=").matcher(Config.example()).results().map(found -> found.group(1)).distinct().toArray(String[]::new);
        assertEquals(true, names.length > 200, "the example is read");
        assertEquals(List.of(), complaints(names));
    }
}
