package lib.access;

import module java.base;

import lib.config.*;
import lib.dialect.anthropic.*;
import lib.dialect.chat.*;
import lib.dialect.cohere.*;
import lib.dialect.converse.*;
import lib.dialect.gemini.*;
import lib.dialect.ollama.*;
import lib.dialect.responses.*;
import lib.route.*;

/// The dialects that rows share, one object each, and their names in settings.
public final class Dialects {
    public static final Dialect ANTHROPIC = new Anthropic(), CHAT = new OpenAiChat(), RESPONSES = new OpenAiResponses(),
        GEMINI = new Gemini(), CONVERSE = new BedrockConverse(), OLLAMA = new Ollama(), COHERE = new Cohere();

    private static final Map<String, Dialect> NAMED = Map.of("anthropic", ANTHROPIC, "chat", CHAT, "responses", RESPONSES, "gemini", GEMINI,
        "ollama", OLLAMA, "cohere", COHERE);

    private Dialects() {}

    /// Its name in settings, in backquotes, or its class if settings cannot choose it.
    public static String nameOf(Dialect dialect) {
        return NAMED.entrySet().stream().filter(named -> named.getValue() == dialect).map(named -> "`" + named.getKey() + "`").findFirst()
            .orElse(dialect.getClass().getSimpleName());
    }

    public static Dialect named(String name, String variable) {
        var dialect = NAMED.get(name.toLowerCase(Locale.ROOT));
        if (dialect == null)
            throw new Config.Wrong("unknown dialect '" + name + "' in " + variable + "; use one of "
                + String.join(", ", new TreeSet<>(NAMED.keySet())));
        return dialect;
    }
}
