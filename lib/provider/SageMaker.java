package lib.provider;

import lib.dialect.Dialect;
import lib.wire.ApiError;

/// Amazon SageMaker: a host in every region; the model is an endpoint, or `<endpoint>/<inference component>`.
/// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
final class SageMaker implements Access {
    private static final String COMPONENT = "x-amzn-sagemaker-inference-component";

    private final Dialect dialect;
    private final AwsIdentities identities = new AwsIdentities("sagemaker");

    SageMaker(Dialect dialect) { this.dialect = dialect; }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var region = config.first(Bedrock.REGION);
        if (region.isEmpty()) throw ApiError.invalid(row.id() + ": set " + Bedrock.REGION.getFirst() + ", such as us-east-1");
        var root = base.isEmpty() ? row.base().replace("<region>", region) : row.baseOf(base);
        var proof = key.isEmpty() ? identities.of(config, region) : row.keyed(key);
        var slash = model.indexOf('/');
        if (slash < 0) return new Way(dialect, root + "/endpoints/" + model, proof, model);
        return new Way(dialect, root + "/endpoints/" + model.substring(0, slash), proof.and(COMPONENT, model.substring(slash + 1)), model);
    }

    @Override public boolean isSet(Provider row, Config config) {
        return !config.first(Bedrock.REGION).isEmpty() && (Access.super.isSet(row, config) || !config.first(Bedrock.IDENTITY).isEmpty());
    }
}
