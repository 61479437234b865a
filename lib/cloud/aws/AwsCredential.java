package lib.cloud.aws;

import module java.base;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// Signature Version 4, computed by the SDK's module, which is loaded when it is first needed.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
final class AwsCredential implements Credential {
    private static final String TOKEN = "x-amz-security-token";
    private final Config config;
    private final String service, region;
    private final AwsCredentialsProvider chain;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    AwsCredential(Config config, String service, String region) {
        this.config = config;
        this.service = service;
        this.region = region;
        this.chain = AwsChain.of(config, region);
    }

    @Override public String variables() {
        if (!config.get("AWS_ACCESS_KEY_ID").isEmpty()) return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        return config.get("AWS_PROFILE").isEmpty() ? "" : "AWS_PROFILE";
    }

    @Override public Ask signed(Ask ask) {
        try {
            var credentials = chain.resolveCredentials();   // cached and renewed by the SDK
            var request = SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(ask.method())).uri(ask.url());
            ask.headers().forEach(request::putHeader);
            var signed = signer.sign(to -> to.identity(credentials).request(request.build())
                .payload(ContentStreamProvider.fromByteArray(ask.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service).putProperty(AwsV4HttpSigner.REGION_NAME, region));
            var headers = new HashMap<>(ask.headers());
            signed.request().headers().forEach((name, values) -> {
                if (name.equalsIgnoreCase(TOKEN)) config.secrets().learn(values.getFirst());   // errors about the signature repeat it
                if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length"))
                    headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            });
            return new Ask(ask.method(), ask.url(), headers, ask.body());
        } catch (SdkException | IllegalStateException e) {
            throw AwsChain.missing(e, config);
        }
    }
}
