package lib.access;

import lib.route.*;

/// Where a model is served: dialect, base URL and credential, and the model's name there.
public record Endpoint(Dialect dialect, String base, Credential credential, String model) {
    /// Without a credential, or before one is chosen.
    public static Endpoint open(Dialect dialect, String base, String model) {
        return new Endpoint(dialect, base, Credential.none(), model);
    }

    public Endpoint with(Credential proof) { return new Endpoint(dialect, base, proof, model); }

    Endpoint at(String address) { return new Endpoint(dialect, address, credential, model); }

    Endpoint named(String name) { return new Endpoint(dialect, base, credential, name); }
}
