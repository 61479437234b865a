package lib.cloud.oracle;

import module java.base;

import lib.access.*;
import lib.config.*;

/// OCI Generative AI: a host for each region; the service's own key or an OCI user's signature.
/// https://docs.oracle.com/en-us/iaas/Content/generative-ai/openai-compatible-api.htm
public final class Oci implements Access {
    @Override public Endpoint endpoint(Target target) {
        var config = target.config();
        var profile = OciProfile.of(config);
        var endpoint = target.with(config.with("OCI_REGION", profile.region())).endpoint();
        var place = target.keyCredential(endpoint.dialect());   // compartment, project, and the key if there is one
        if (!target.key().isEmpty()) return endpoint.with(place);
        if (!profile.isWhole()) throw target.noKey(OciProfile.HOW);
        var signer = target.credentials().get(List.of(OciCredential.class, config), () -> new OciCredential(OciProfile.of(config)));
        return endpoint.with(ask -> signer.signed(place.signed(ask)));
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || OciProfile.of(config).isWhole();
    }
}
