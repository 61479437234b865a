package lib.access;

import module java.base;
import java.security.cert.X509Certificate;

import lib.config.*;
import lib.wire.*;

/// Whose certificates connections to providers accept: those of the authorities that Java knows, and of those in the PEM
/// files of SSL_CERT_FILE and NODE_EXTRA_CA_CERTS. Both only add: a file with the company's authority alone, as Node takes it,
/// does not cut FreeCC off from everyone else.
public final class Trust {
    private static final List<String> VARIABLES = List.of("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE");

    private record Extra(List<X509Certificate> certificates, List<String> complaints) { }

    private final Config config;
    private final Lazy<Extra> extra = new Lazy<>(this::read);

    public Trust(Config config) { this.config = config; }

    /// A file that cannot be used is only a complaint: other programs need these variables, too.
    private Extra read() {
        var certificates = new ArrayList<X509Certificate>();
        var complaints = new ArrayList<String>();
        for (var variable : set()) try {
            certificates.addAll(Pem.certificates(Pem.read(config.get(variable), variable), variable));
        } catch (ApiError e) {
            complaints.add(e.getMessage() + "; its authorities are not trusted");
        }
        return new Extra(certificates, List.copyOf(complaints));
    }

    private List<String> set() { return VARIABLES.stream().filter(variable -> !config.get(variable).isEmpty()).toList(); }

    public List<String> complaints() { return extra.get().complaints; }

    /// From now on all connections of this process trust them that do not choose otherwise, as the AWS SDK's do. The files are
    /// read when the first connection needs them, because that takes as long as the rest of the start.
    public void apply() {
        if (!set().isEmpty()) SSLContext.setDefault(new DeferredTls(new Lazy<>(this::context)));
    }

    /// For connections that verify with Java's authorities and these.
    public SSLContext context() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var known : authorities(managers(null))) store.setCertificateEntry("java-" + store.size(), known);
            for (var own : extra.get().certificates) store.setCertificateEntry("own-" + store.size(), own);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Config.Wrong("cannot use the certificates of " + String.join(" and ", VARIABLES) + ": " + e.getMessage());
        }
    }

    /// Without a store, Java's own.
    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<X509Certificate> authorities(TrustManager[] managers) {
        return Stream.of(managers).flatMap(manager -> manager instanceof X509TrustManager known ? Stream.of(known.getAcceptedIssuers())
            : Stream.empty()).toList();
    }
}
