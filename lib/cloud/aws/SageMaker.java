package lib.cloud.aws;

import lib.access.*;
import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// Amazon SageMaker: a host in every region; the model is an endpoint, or `<endpoint>/<inference component>`.
/// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
public final class SageMaker implements Access {
    private static final String COMPONENT = "x-amzn-sagemaker-inference-component";

    private final Dialect dialect;

    public SageMaker(Dialect dialect) { this.dialect = dialect; }

    @Override public Endpoint endpoint(Target target) {
        var provider = target.provider();
        var model = target.model();
        var region = target.config().first(Bedrock.REGION);
        if (region.isEmpty()) throw ApiError.invalid(provider.id() + ": set " + Bedrock.REGION.getFirst() + ", such as us-east-1");
        var root = target.base().isEmpty() ? provider.base().replace("<region>", region) : provider.completed(target.base());
        var credential = target.key().isEmpty() ? Bedrock.signer(target, "sagemaker", region) : target.keyCredential();
        var slash = model.indexOf('/');
        if (slash < 0) return new Endpoint(dialect, root + "/endpoints/" + model, credential, model);
        var component = credential.and(COMPONENT, model.substring(slash + 1));
        return new Endpoint(dialect, root + "/endpoints/" + model.substring(0, slash), component, model);
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return !config.first(Bedrock.REGION).isEmpty()
            && (Access.super.isSet(provider, config) || !config.first(Bedrock.IDENTITY).isEmpty());
    }
}
