package lib.provider;

import lib.wire.ApiError;

/// OCI Generative AI: a host for each region, and a key of the service or the signature of an OCI user.
/// https://docs.oracle.com/en-us/iaas/Content/generative-ai/openai-compatible-api.htm
final class Oci implements Access {
    private final Identities signers = new Identities(config -> new OciCredential(OciProfile.of(config)));

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var profile = OciProfile.of(config);
        var surface = row.surface(base, config.with("OCI_REGION", profile.region()));
        var places = row.keyed(key, surface.dialect(), config);   // compartment and project, and the key if there is one
        if (!key.isEmpty()) return new Way(surface.dialect(), surface.base(), places, model);
        if (!profile.isWhole()) throw new ApiError(401, "no key for " + row.id() + ": set " + row.keyVariables().getFirst() + ", or " + OciProfile.HOW);
        var signer = signers.of(config);
        return new Way(surface.dialect(), surface.base(), ask -> signer.signed(places.signed(ask)), model);
    }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || OciProfile.of(config).isWhole(); }
}
