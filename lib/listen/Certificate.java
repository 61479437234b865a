package lib.listen;

import module java.base;
import java.security.Signature;
import java.security.cert.X509Certificate;

import lib.access.*;
import lib.config.*;
import lib.wire.*;

/// The certificate that clients are shown. It is read again when its files have changed, as they do when it is renewed.
final class Certificate extends X509ExtendedKeyManager {
    private static final String CERT = "FREECC_TLS_CERT", KEY = "FREECC_TLS_KEY";

    private record Version(List<FileTime> times, X509ExtendedKeyManager manager) { }

    private final String certificate, key;
    private final Consumer<String> warning;
    private volatile Version version;

    private Certificate(Config config, Consumer<String> warning) {
        this.certificate = config.get(CERT);
        this.key = config.get(KEY);
        this.warning = warning;
        if (certificate.isEmpty() || key.isEmpty()) throw new Config.Wrong((key.isEmpty() ? CERT : KEY) + " needs "
            + (key.isEmpty() ? KEY : CERT) + " beside it: set both to PEM files, or neither");
        this.version = new Version(times(), read());
    }

    /// The context for TLS, if the settings name a certificate; `warning` takes what is wrong with a renewed one.
    static Optional<SSLContext> context(Config config, Consumer<String> warning) {
        if ((config.get(CERT) + config.get(KEY)).isEmpty()) return Optional.empty();
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[]{new Certificate(config, warning)}, null, null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new Config.Wrong("cannot use the certificate of " + CERT + ": " + e.getMessage());
        }
    }

    private List<FileTime> times() {
        return Stream.of(certificate, key).map(Path::of).map(file -> {
            try {
                return Files.getLastModifiedTime(file);
            } catch (IOException e) {
                return FileTime.fromMillis(0);   // it is being replaced
            }
        }).toList();
    }

    private X509ExtendedKeyManager read() {
        var chain = Pem.certificates(Pem.read(certificate, CERT), CERT);
        var secret = Pem.privateKey(Pem.read(key, KEY), KEY);
        try {
            if (!isPair(chain.getFirst().getPublicKey(), secret))
                throw new Config.Wrong(KEY + " is not the key of the first certificate in " + CERT);
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("freecc", secret, new char[0], chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new Config.Wrong("cannot use the certificate of " + CERT + " with the key of " + KEY + ": " + e.getMessage());
        }
    }

    private static boolean isPair(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        var algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        if (!open.getAlgorithm().equals(secret.getAlgorithm())) return false;
        var signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(open.getEncoded());
        var signed = signature.sign();
        signature.initVerify(open);
        signature.update(open.getEncoded());
        return signature.verify(signed);
    }

    /// The newest that can be used. While its two files are being replaced they do not fit each other.
    private X509ExtendedKeyManager newest() {
        var times = times();
        if (times.equals(version.times)) return version.manager;
        try {
            version = new Version(times, read());
        } catch (Config.Wrong | ApiError e) {
            version = new Version(times, version.manager);
            warning.accept("the renewed certificate is not used yet: " + e.getMessage());
        }
        return version.manager;
    }

    @Override public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return newest().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return newest().chooseServerAlias(keyType, issuers, socket);
    }

    @Override public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) { return null; }

    @Override public String[] getServerAliases(String keyType, Principal[] issuers) {
        return version.manager.getServerAliases(keyType, issuers);
    }

    @Override public String[] getClientAliases(String keyType, Principal[] issuers) { return new String[0]; }

    @Override public X509Certificate[] getCertificateChain(String alias) { return version.manager.getCertificateChain(alias); }

    @Override public PrivateKey getPrivateKey(String alias) { return version.manager.getPrivateKey(alias); }
}
