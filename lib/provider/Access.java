package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.util.Optional;
import java.util.regex.Pattern;

/// How a provider is got at. A row's own constants serve for most; a cloud makes address and credential of its own
/// settings, and speaks in a different tongue for each family of models.
interface Access {
    Access BY_KEY = new Access() { };

    /// Claude by Anthropic's API, GPT by Responses, all others by what the row speaks.
    Access BY_FAMILY = new Access() {
        private static final Pattern CLAUDE = Pattern.compile("(.*/)?claude.*"), GPT = Pattern.compile("(.*/)?(gpt-[5-9]|o[1-9]|codex).*");

        @Override public Surface surface(Provider row, Config config, String model, String base) {
            if (row.chosen(config).isPresent()) return row.surface(base, config);
            var dialect = CLAUDE.matcher(model).matches() ? Dialects.ANTHROPIC : GPT.matcher(model).matches() ? Dialects.RESPONSES : row.dialect();
            return row.speaks(dialect) ? row.speaking(dialect, base, config) : row.surface(base, config);
        }
    };

    /// The model names a deployment, which stands in the address, and perhaps an adapter: `<deployment>/<adapter>`.
    /// https://docs.predibase.com/user-guide/inference/migrate-openai
    Access BY_DEPLOYMENT = new Access() {
        @Override public Way way(Provider row, Config config, String model, String base, String key) {
            var way = Access.super.way(row, config, model, base, key);
            return new Way(way.dialect(), way.base().replace("{model}", model.replaceFirst("/.*", "")), way.credential(), model);
        }
    };

    /// The model names an assistant: `chat/<id>/<model>` or `agent/<id>/<model>`. https://ragflow.io/docs/dev/http_api_reference
    Access BY_ASSISTANT = new Access() {
        @Override public Way way(Provider row, Config config, String model, String base, String key) {
            var parts = model.split("/", 3);
            if (parts.length < 3 || !parts[0].equals("chat") && !parts[0].equals("agent"))
                throw ApiError.invalid(row.id() + ": name the model as chat/<id>/<model> or agent/<id>/<model>");
            var way = Access.super.way(row, config, model, base, key);
            return new Way(way.dialect(), way.base().replaceFirst("(/api)?/v1$", "") + "/api/v1/" + parts[0] + "s_openai/" + parts[1], way.credential(), parts[2]);
        }
    };

    /// The tongue, the base URL and the proof for one model, and the name by which it is asked for there.
    record Way(Dialect dialect, String base, Credential credential, String name) { }

    /// `base` and `key` are what the user gave, or empty. Fails as a 401 that names what to set if no proof can be made.
    default Way way(Provider row, Config config, String model, String base, String key) {
        var surface = surface(row, config, model, base);
        if (key.isEmpty() && row.wantsKey(surface.base()))
            throw new ApiError(401, "no key for " + row.id() + ": set " + String.join(" or ", row.keyVariables()));
        return new Way(surface.dialect(), surface.base(), row.keyed(key, surface.dialect(), config), model);
    }

    default Surface surface(Provider row, Config config, String model, String base) { return row.surface(base, config); }

    /// Whether the settings hold enough to ask it.
    default boolean isSet(Provider row, Config config) { return !config.first(row.keyVariables()).isEmpty(); }

    /// How to sign in, where a person's login stands in for a key.
    default Optional<SignIn> signIn(Config config) { return Optional.empty(); }
}
