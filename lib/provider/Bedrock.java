package lib.provider;

import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.util.List;
import java.util.regex.Pattern;

/// Amazon Bedrock's two endpoints, and Anthropic's own at AWS: a host of each in every region, asked with a key or a
/// signature. https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
abstract sealed class Bedrock implements Access {
    /// What shows that AWS's chain will find something; an instance shows nothing.
    static final List<String> IDENTITY = List.of("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_PROFILE_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    static final List<String> REGION = List.of("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME");
    private static final Pattern OF_HOST = Pattern.compile("\\b(?:bedrock-(?:runtime|mantle)(?:-fips)?|aws-external-anthropic)\\.([a-z0-9-]+)\\."), OF_ARN = Pattern.compile("\\barn:[a-z-]+:[a-z]+:([a-z0-9-]+):");

    private final AwsIdentities identities;

    private Bedrock(String service) { this.identities = new AwsIdentities(service); }

    /// What a model speaks, the path before its calls, and its name there.
    private record Spoken(Dialect dialect, String path, String name) { }

    abstract Spoken spoken(Provider row, Config config, String model);

    /// What the settings say, or empty.
    String region(Config config) { return config.first(REGION); }

    /// A path of the host's own that was pasted with the address.
    String root(String address) { return address; }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var region = region(config, model, base);
        if (region.isEmpty()) throw ApiError.invalid(row.id() + ": set " + REGION.getFirst() + ", such as us-east-1");
        var spoken = spoken(row, config, model);
        var root = base.isEmpty() ? row.base().replace("<region>", region) : root(row.baseOf(base));
        return new Way(spoken.dialect, root + spoken.path, key.isEmpty() ? row.introduced(identities.of(config, region), config) : row.keyed(key, spoken.dialect, config), spoken.name);
    }

    /// The host's own region or the resource's comes before the setting.
    private String region(Config config, String model, String base) {
        for (var named : List.of(OF_HOST.matcher(base), OF_ARN.matcher(model))) if (named.find()) return named.group(1);
        return region(config);
    }

    @Override public boolean isSet(Provider row, Config config) {
        return !region(config).isEmpty() && (Access.super.isSet(row, config) || !config.first(IDENTITY).isEmpty());
    }

    /// The runtime: Claude by InvokeModel, all others by Converse. `invoke/` and `converse/` before a name choose, as
    /// where an ARN does not tell whose model it is.
    static final class Runtime extends Bedrock {
        private final Dialect claude, others;

        Runtime(Dialect claude, Dialect others) {
            super("bedrock");
            this.claude = claude;
            this.others = others;
        }

        @Override Spoken spoken(Provider row, Config config, String model) {
            var name = model.replaceFirst("^(invoke|converse)/", "");
            var invoked = model.startsWith("invoke/") || model.equals(name) && name.contains("claude");
            return new Spoken(invoked ? claude : others, "/model/{model}", name);
        }
    }

    /// Mantle: other vendors' own APIs. Which model is served on which path stands on its model card.
    /// https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html ; 2026-11, with LiteLLM's and pydantic-ai's tables.
    static final class Mantle extends Bedrock {
        private static final Pattern CLAUDE = Pattern.compile("(.*\\.)?claude.*"), FRONTIER = Pattern.compile("(.*\\.)?(gpt-(?!oss).*|grok-.*)"), GEMMA = Pattern.compile("(.*\\.)?gemma-[4-9].*");

        Mantle() { super("bedrock-mantle"); }

        @Override String region(Config config) {
            var own = config.get("BEDROCK_MANTLE_REGION");
            var region = own.isEmpty() ? super.region(config) : own;
            return region.isEmpty() ? "us-east-1" : region;
        }

        @Override String root(String address) { return address.replaceFirst("/(openai/v1|v1|anthropic(/v1)?)$", ""); }

        @Override Spoken spoken(Provider row, Config config, String model) {
            var frontier = FRONTIER.matcher(model).matches();
            var dialect = row.chosen(config).orElse(CLAUDE.matcher(model).matches() ? Dialects.ANTHROPIC : frontier ? Dialects.RESPONSES : Dialects.CHAT);
            return new Spoken(dialect, dialect == Dialects.ANTHROPIC ? "/anthropic" : frontier || GEMMA.matcher(model).matches() ? "/openai/v1" : "/v1", model);
        }
    }

    /// The Claude Platform on AWS: Anthropic's API as it is, signed for and paid by way of AWS.
    /// https://docs.aws.amazon.com/claude-platform/latest/userguide/making-requests.html
    static final class ClaudePlatform extends Bedrock {
        ClaudePlatform() { super("aws-external-anthropic"); }

        @Override Spoken spoken(Provider row, Config config, String model) { return new Spoken(Dialects.ANTHROPIC, "", model); }
    }
}
