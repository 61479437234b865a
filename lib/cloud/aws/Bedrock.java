package lib.cloud.aws;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Amazon Bedrock's two endpoints, and Anthropic's own on AWS: each has a host in every region, and accepts a key or a
/// signature. https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
public abstract sealed class Bedrock implements Access {
    /// Settings which show that AWS's chain will find credentials. On an instance no setting shows it.
    static final List<String> IDENTITY = List.of("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_PROFILE_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    static final List<String> REGION = List.of("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME");
    private static final Pattern
        IN_HOST = Pattern.compile("\\b(?:bedrock-(?:runtime|mantle)(?:-fips)?|aws-external-anthropic)\\.([a-z0-9-]+)\\."),
        IN_ARN = Pattern.compile("\\barn:[a-z-]+:[a-z]+:([a-z0-9-]+):");

    private final String service;

    private Bedrock(String service) { this.service = service; }

    /// The dialect of the target's model, its base URL and its name there.
    abstract Endpoint open(Target target, String root);

    /// The region that the settings name, or empty.
    String region(Config config) { return config.first(REGION); }

    /// The base URL without one of the host's own paths, which may have been pasted with it.
    String root(String address) { return address; }

    @Override public Endpoint endpoint(Target target) {
        var provider = target.provider();
        var region = region(target);
        if (region.isEmpty()) throw ApiError.invalid(provider.id() + ": set " + REGION.getFirst() + ", such as us-east-1");
        var given = target.base();
        var endpoint = open(target, given.isEmpty() ? provider.base().replace("<region>", region) : root(provider.completed(given)));
        if (!target.key().isEmpty()) return endpoint.with(target.keyCredential(endpoint.dialect()));
        return endpoint.with(target.withHeaders(signer(target, service, region)));
    }

    /// The signer of a service in a region; a signature is valid only in that region.
    static Credential signer(Target target, String service, String region) {
        var config = target.config();
        return target.credentials().get(List.of(AwsCredential.class, config, service, region),
            () -> new AwsCredential(config, service, region));
    }

    /// A region in the host or in the model's ARN overrides the setting.
    private String region(Target target) {
        for (var named : List.of(IN_HOST.matcher(target.base()), IN_ARN.matcher(target.model()))) if (named.find()) return named.group(1);
        return region(target.config());
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return !region(config).isEmpty() && (Access.super.isSet(provider, config) || !config.first(IDENTITY).isEmpty());
    }

    /// The runtime: Claude through InvokeModel, all others through Converse. The prefixes `invoke/` and `converse/` choose, for
    /// example if an ARN does not show the model's maker.
    public static final class Runtime extends Bedrock {
        private final Dialect claude, others;

        public Runtime(Dialect claude, Dialect others) {
            super("bedrock");
            this.claude = claude;
            this.others = others;
        }

        @Override Endpoint open(Target target, String root) {
            var name = target.model().replaceFirst("^(invoke|converse)/", "");
            var invoked = target.model().startsWith("invoke/") || target.model().equals(name) && Family.of(name) == Family.CLAUDE;
            return Endpoint.open(invoked ? claude : others, root + "/model/{model}", name);
        }
    }

    /// Mantle: other vendors' own APIs. A model's card names its path.
    /// https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html ; 2026-11, with LiteLLM's and pydantic-ai's tables.
    public static final class Mantle extends Bedrock {
        public Mantle() { super("bedrock-mantle"); }

        @Override String region(Config config) {
            return config.get("BEDROCK_MANTLE_REGION", config.first(REGION, "us-east-1"));
        }

        @Override String root(String address) { return address.replaceFirst("/(openai/v1|v1|anthropic(/v1)?)$", ""); }

        @Override Endpoint open(Target target, String root) {
            var model = target.model();
            var dialect = target.chosenDialect().orElse(switch (Family.of(model)) {
                case CLAUDE -> Dialects.ANTHROPIC;
                case GPT, GROK -> Dialects.RESPONSES;
                default -> Dialects.CHAT;
            });
            return Endpoint.open(dialect, root + (dialect == Dialects.ANTHROPIC ? "/anthropic" : path(model)), model);
        }

        private static String path(String model) {
            return switch (Family.of(model)) {
                case GPT, GROK -> "/openai/v1";
                case GEMMA -> ModelName.of(model).version() < 4 ? "/v1" : "/openai/v1";
                default -> "/v1";
            };
        }
    }

    /// The Claude Platform on AWS: Anthropic's API, authenticated and billed by AWS.
    /// https://docs.aws.amazon.com/claude-platform/latest/userguide/making-requests.html
    public static final class ClaudePlatform extends Bedrock {
        public ClaudePlatform() { super("aws-external-anthropic"); }

        @Override Endpoint open(Target target, String root) { return Endpoint.open(Dialects.ANTHROPIC, root, target.model()); }
    }
}
