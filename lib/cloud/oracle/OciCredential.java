package lib.cloud.oracle;

import module java.base;
import java.security.Signature;

import lib.route.*;
import lib.wire.*;

/// Oracle Cloud's request signature, version 1: RSA over a few lines of text. The vendor's library would be eleven jars.
/// https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm
final class OciCredential implements Credential {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final OciProfile profile;
    private final RSAPrivateCrtKey key;

    OciCredential(OciProfile profile) {
        this.profile = profile;
        this.key = profile.privateKey();
    }

    @Override public Ask signed(Ask ask) {
        var date = DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
        var names = new ArrayList<>(List.of("date", "(request-target)", "host"));
        var values = new ArrayList<>(List.of(date, target(ask), host(ask.url())));
        var dated = ask.with("date", date);
        if (ask.body().length > 0) {
            var digest = Base64.getEncoder().encodeToString(Hash.of(ask.body()));
            names.addAll(List.of("x-content-sha256", "content-type", "content-length"));
            values.addAll(List.of(digest, ask.headers().get("content-type"), String.valueOf(ask.body().length)));
            dated = dated.with("x-content-sha256", digest);
        }
        var lines = new ArrayList<String>();
        for (var i = 0; i < names.size(); i++) lines.add(names.get(i) + ": " + values.get(i));
        return dated.with("authorization", "Signature version=\"1\",keyId=\"" + profile.keyId() + "\",algorithm=\"rsa-sha256\",headers=\""
            + String.join(" ", names) + "\",signature=\"" + signature(String.join("\n", lines)) + "\"");
    }

    private static String target(Ask ask) {
        var query = ask.url().getRawQuery();
        return ask.method().toLowerCase(Locale.ROOT) + " " + ask.url().getRawPath() + (query == null ? "" : "?" + query);
    }

    /// The same as the HTTP client sends.
    private static String host(URI url) { return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()); }

    private String signature(String text) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw ApiError.invalid("cannot sign the request with the key in OCI_KEY or OCI_KEY_FILE: " + e.getMessage());
        }
    }
}
