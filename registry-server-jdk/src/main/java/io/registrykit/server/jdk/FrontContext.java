package io.registrykit.server.jdk;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives the JDK's server a {@link FrontEngine} for each connection. Safe for use by all threads.
 */
final class FrontContext extends SSLContext {

  FrontContext(@Nullable Tls tls, boolean plainAllowed, Calls calls) {
    super(new Spi(tls, plainAllowed, calls), null, "TLS");
  }

  private static final class Spi extends SSLContextSpi {
    private final @Nullable Tls tls;
    private final boolean plainAllowed;
    private final Calls calls;
    private final SSLSession plainSession = new PlainSession();

    Spi(@Nullable Tls tls, boolean plainAllowed, Calls calls) {
      this.tls = tls;
      this.plainAllowed = plainAllowed;
      this.calls = calls;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      SSLEngine engine = tls == null ? null : tls.newEngine();
      return new FrontEngine(engine, plainAllowed, calls, plainSession);
    }

    /** The peer's name, which the JDK looks up, is of no use here. */
    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return engineCreateSSLEngine();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("is initialised");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException("engines only");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException("engines only");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException("engines only");
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException("engines only");
    }
  }
}
