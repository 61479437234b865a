package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.wire.ApiError;

/// How a provider is got at. A row's own constants serve for most; a cloud makes address and credential of its own
/// settings, and speaks in a different tongue for each family of models.
interface Access {
    Access BY_KEY = new Access() { };

    /// The tongue, the base URL and the proof for one model.
    record Way(Dialect dialect, String base, Credential credential) { }

    /// `base` and `key` are what the user gave, or empty. Fails as a 401 that names what to set if no proof can be made.
    default Way way(Provider row, Config config, String model, String base, String key) {
        var address = row.baseOf(base);
        if (key.isEmpty() && !row.local() && !Routes.isLoopback(address))
            throw new ApiError(401, "no key for " + row.id() + ": set " + String.join(" or ", row.keyVariables()));
        return new Way(row.dialectAt(address, config), address, row.keyed(key));
    }

    /// Whether the settings hold enough to ask it.
    default boolean isSet(Provider row, Config config) { return !config.first(row.keyVariables()).isEmpty(); }
}
