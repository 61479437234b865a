package lib.cloud.aws;

import module java.base;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

import lib.config.*;
import lib.wire.*;

/// AWS's own chain of credentials: environment, web identity, profile (also SSO and processes), container, instance;
/// and a role that is assumed with those credentials. The SDK's modules do the work.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
final class AwsChain {
    private static final String HOW = "set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, "
        + "or run `aws sso login`";

    private static final List<String> PROFILE = List.of("AWS_PROFILE", "AWS_PROFILE_NAME");
    private static final Set<SdkSystemSetting> KEYS =
        EnumSet.of(SdkSystemSetting.AWS_ACCESS_KEY_ID, SdkSystemSetting.AWS_SECRET_ACCESS_KEY, SdkSystemSetting.AWS_SESSION_TOKEN);
    private static final Pattern
        UNSET = Pattern.compile("must be specified|must be set|variables are set|disabled by environment|from IMDS|for profile 'default'"),
        SIGNED_OUT = Pattern.compile("aws sso login|Unable to load SSO token|Service: Sso\\w*, Status Code: 401");

    private AwsChain() {}

    static AwsCredentialsProvider of(Config config, String region) {
        var own = config.get("AWS_ACCESS_KEY_ID").isEmpty() ? usual(config, region) : keys(config);
        var role = config.get("AWS_ROLE_NAME");
        return role.isEmpty() ? own : assumed(role, own, config, region);
    }

    private static AwsCredentialsProvider keys(Config config) {
        var key = config.get("AWS_ACCESS_KEY_ID");
        var secret = config.get("AWS_SECRET_ACCESS_KEY");
        var session = config.get("AWS_SESSION_TOKEN");
        if (secret.isEmpty()) throw ApiError.invalid("AWS_ACCESS_KEY_ID is set, but not AWS_SECRET_ACCESS_KEY");
        return StaticCredentialsProvider.create(session.isEmpty() ? AwsBasicCredentials.create(key, secret)
            : AwsSessionCredentials.create(key, secret, session));
    }

    private static AwsCredentialsProvider usual(Config config, String region) {
        tell(config, region);
        return DefaultCredentialsProvider.builder().build();
    }

    private static AwsCredentialsProvider assumed(String role, AwsCredentialsProvider own, Config config, String region) {
        tell(config, region);
        var sts = StsClient.builder().region(Region.of(region)).credentialsProvider(own).build();
        var session = config.get("AWS_SESSION_NAME", "freecc");
        var externalId = config.get("AWS_EXTERNAL_ID").isEmpty() ? null : config.get("AWS_EXTERNAL_ID");
        return StsAssumeRoleCredentialsProvider.builder().stsClient(sts)
            .refreshRequest(ask -> ask.roleArn(role).roleSessionName(session).externalId(externalId)).build();
    }

    /// Passes settings to the SDK as system properties: it reads those and the process environment, but not `.env`. Keys
    /// are passed directly, because any code can read the properties.
    private static void tell(Config config, String region) {
        tell("aws.region", region);
        for (var setting : SdkSystemSetting.values())
            if (!KEYS.contains(setting)) tell(setting.property(), config.get(setting.environmentVariable()));
        for (var setting : ProfileFileSystemSetting.values()) tell(setting.property(), config.get(setting.environmentVariable()));
        tell("aws.profile", config.first(PROFILE));
        tell("aws.endpointUrlSts", config.first(List.of("AWS_ENDPOINT_URL_STS", "AWS_STS_ENDPOINT")));
        tell("aws.endpointUrlSso", config.get("AWS_ENDPOINT_URL_SSO"));
        tell("aws.endpointUrlSsoOidc", config.get("AWS_ENDPOINT_URL_SSO_OIDC"));
        var proxy = new Proxies(config::get).select(URI.create("https://sts." + region + ".amazonaws.com")).getFirst();
        if (!(proxy.address() instanceof InetSocketAddress address)) return;
        tell("https.proxyHost", address.getHostString());
        tell("https.proxyPort", String.valueOf(address.getPort()));
    }

    private static void tell(String property, String value) {
        if (!value.isEmpty()) System.setProperty(property, value);
    }

    /// The SDK reports what each source lacks in one long line; only sources that are set up matter.
    static ApiError missing(RuntimeException e, Config config) {
        var all = String.valueOf(e.getMessage()).replaceFirst("(?s)^.*?\\) : \\[", "").replaceFirst("]$", "");
        var said = Stream.of(all.split(", (?=\\w+Provider\\()")).map(source -> source.replaceFirst("^\\w+Provider\\(.*?\\)+: ", ""))
            .filter(why -> !UNSET.matcher(why).find()).collect(Collectors.joining("; "));
        var profile = config.first(PROFILE);
        if (SIGNED_OUT.matcher(said).find())
            return ApiError.invalid("the sign-in to AWS has expired: run `aws sso login"
                + (profile.isEmpty() ? "" : " --profile " + profile) + "`");
        return ApiError.invalid("no AWS credentials: " + HOW + (said.isEmpty() ? "" : " (" + said + ")"));
    }
}
