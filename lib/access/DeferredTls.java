package lib.access;

import module java.base;

/// A TLS context that is made when a connection first needs it.
final class DeferredTls extends SSLContext {
    DeferredTls(Supplier<SSLContext> made) {
        super(new Spi(made), new java.security.Provider("FreeCC", "1", "a context made when needed") { }, "TLS");
    }

    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLContext> made;

        Spi(Supplier<SSLContext> made) { this.made = made; }

        @Override protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new UnsupportedOperationException("its keys and authorities are given");
        }

        @Override protected SSLSocketFactory engineGetSocketFactory() { return made.get().getSocketFactory(); }

        @Override protected SSLServerSocketFactory engineGetServerSocketFactory() { return made.get().getServerSocketFactory(); }

        @Override protected SSLEngine engineCreateSSLEngine() { return made.get().createSSLEngine(); }

        @Override protected SSLEngine engineCreateSSLEngine(String host, int port) { return made.get().createSSLEngine(host, port); }

        @Override protected SSLSessionContext engineGetServerSessionContext() { return made.get().getServerSessionContext(); }

        @Override protected SSLSessionContext engineGetClientSessionContext() { return made.get().getClientSessionContext(); }

        @Override protected SSLParameters engineGetDefaultSSLParameters() { return made.get().getDefaultSSLParameters(); }

        @Override protected SSLParameters engineGetSupportedSSLParameters() { return made.get().getSupportedSSLParameters(); }
    }
}
