package lib.provider;

import lib.dialect.Credential;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who signs for one of AWS's services: an identity for each region, because a signature holds in one alone.
final class AwsIdentities {
    private final String service;
    private final Map<String, Identities> regions = new ConcurrentHashMap<>();

    AwsIdentities(String service) { this.service = service; }

    Credential of(Config config, String region) {
        return regions.computeIfAbsent(region, there -> new Identities(settings -> new AwsCredential(settings, service, there))).of(config);
    }
}
