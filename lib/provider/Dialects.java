package lib.provider;

import lib.dialect.Anthropic;
import lib.dialect.BedrockConverse;
import lib.dialect.Cohere;
import lib.dialect.Dialect;
import lib.dialect.Gemini;
import lib.dialect.Ollama;
import lib.dialect.OpenAiChat;
import lib.dialect.OpenAiResponses;

import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// The dialects that rows share, one object each, and their names in settings.
final class Dialects {
    static final Dialect ANTHROPIC = new Anthropic(), CHAT = new OpenAiChat(), RESPONSES = new OpenAiResponses(), GEMINI = new Gemini(),
        CONVERSE = new BedrockConverse(), OLLAMA = new Ollama(), COHERE = new Cohere();

    private static final Map<String, Dialect> NAMED = Map.of("anthropic", ANTHROPIC, "chat", CHAT, "responses", RESPONSES, "gemini", GEMINI,
        "ollama", OLLAMA, "cohere", COHERE);

    private Dialects() {}

    /// Its name in settings, in backquotes, or its class where settings cannot choose it.
    static String nameOf(Dialect dialect) {
        return NAMED.entrySet().stream().filter(named -> named.getValue() == dialect).map(named -> "`" + named.getKey() + "`").findFirst()
            .orElse(dialect.getClass().getSimpleName());
    }

    static Dialect named(String name, String variable) {
        var dialect = NAMED.get(name.toLowerCase(Locale.ROOT));
        if (dialect == null)
            throw new Config.Wrong("unknown dialect '" + name + "' in " + variable + "; use one of "
                + String.join(", ", new TreeSet<>(NAMED.keySet())));
        return dialect;
    }
}
