package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Amazon Bedrock: a host for each region, and a bearer key or a signature. https://docs.aws.amazon.com/bedrock/latest/userguide/
final class Bedrock implements Access {
    private static final List<String> REGION = List.of("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME");
    private static final String PLACE = "<region>";

    private final String service, path;
    private final Dialect claude, others;
    private final Map<Config, Credential> identities = new ConcurrentHashMap<>();

    /// `path` follows the host; the tongues are those of Claude and of all other models.
    Bedrock(String service, String path, Dialect claude, Dialect others) {
        this.service = service;
        this.path = path;
        this.claude = claude;
        this.others = others;
    }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var region = config.first(REGION);
        if (region.isEmpty()) region = model.startsWith("arn:") && model.split(":").length > 3 ? model.split(":")[3] : "";
        if (region.isEmpty()) throw ApiError.invalid(row.id() + ": set AWS_REGION, such as us-east-1");
        var signed = region;
        var credential = key.isEmpty() ? identities.computeIfAbsent(config, known -> new AwsCredential(known, service, signed)) : Credential.bearer(key);
        var root = base.isEmpty() ? row.base().replace(PLACE, region) : row.baseOf(base);
        return new Way(model.contains("claude") ? claude : others, root + path, credential, model);
    }

    @Override public boolean isSet(Provider row, Config config) {
        return !config.first(REGION).isEmpty() && (Access.super.isSet(row, config) || !(config.get("AWS_ACCESS_KEY_ID") + config.get("AWS_PROFILE")).isEmpty());
    }
}
