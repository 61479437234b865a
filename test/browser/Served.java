package browser;

import claude.Desk;
import claude.Proxy;

import java.nio.file.Files;
import java.nio.file.Path;

/// FreeCC with three providers behind it that play the same script.
final class Served implements AutoCloseable {
    static final String BIG = "deepseek/deepseek-v4-pro", SMALL = "groq/openai/gpt-oss-20b", SUBAGENT = "zai/glm-5.3";

    final Provider provider = new Provider();
    final Path state;
    final String url;
    private final Proxy proxy;

    /// In an empty folder, with these settings besides.
    Served(Path room, String... settings) throws Exception {
        var desk = desk(room).with(models(provider.url())).with(settings);
        state = Files.createDirectories(desk.home.resolve(".local/state/freecc"));
        proxy = new Proxy(desk);
        url = proxy.url;
    }

    static Desk desk(Path room) throws Exception { return new Desk(room, System.getenv("PATH")); }

    /// The settings of the three models.
    static String[] models(String provider) {
        return new String[] {"BIG_MODEL_PROVIDER", "deepseek", "BIG_MODEL_NAME", "deepseek-v4-pro", "DEEPSEEK_DIALECT", "chat",
            "DEEPSEEK_API_KEY", "sk-of-the-test", "DEEPSEEK_API_BASE", provider,
            "SMALL_MODEL_PROVIDER", "groq", "SMALL_MODEL_NAME", "openai/gpt-oss-20b", "GROQ_API_KEY", "gsk_of_the_test", "GROQ_API_BASE", provider,
            "SUBAGENT_MODEL", "zai/glm-5.3", "ZAI_API_KEY", "key-of-the-test", "ZAI_API_BASE", provider};
    }

    Client client(String session) { return new Client(url, session); }

    @Override public void close() throws Exception {
        proxy.close();
        provider.close();
    }
}
