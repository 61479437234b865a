package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;

/// How a provider is got at: its address and its credential. A row's own constants serve for most; a cloud makes
/// both of its own settings.
interface Access {
    Access BY_KEY = new Access() { };

    /// The base URL, from the one that the user gave or from the row's.
    default String base(Provider row, Config config, String given) { return row.baseOf(given); }

    /// The credential, from the key if there is one; a 401 that names what to set if none can be made.
    default Credential credential(Provider row, Config config, String key, String base) {
        if (key.isEmpty() && !row.local() && !Routes.isLoopback(base))
            throw new ApiError(401, "no key for " + row.id() + ": set " + String.join(" or ", row.keyVariables()));
        return row.keyed(key);
    }

    /// Whether the settings hold enough to ask it.
    default boolean isSet(Provider row, Config config) { return !config.first(row.keyVariables()).isEmpty(); }
}
