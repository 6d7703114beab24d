package io.registrykit.server.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The key and the certificate that a server shows, and whether it wants one of its clients.
 * Immutable, safe for use by any number of threads.
 */
public final class Tls {
  private final KeyManager[] keys;
  private final SSLContext context;
  private final boolean clientsMustAuthenticate;
  private final String certificatePem;

  private Tls(KeyManager[] keys, TrustManager @Nullable [] clientTrust, String certificatePem)
      throws GeneralSecurityException {
    this.keys = keys;
    this.context = SSLContext.getInstance("TLS");
    this.context.init(keys, clientTrust == null ? new TrustManager[0] : clientTrust, null);
    this.clientsMustAuthenticate = clientTrust != null;
    this.certificatePem = certificatePem;
  }

  /**
   * A key and its certificate from a file.
   *
   * @param path a key store, of type PKCS12 or JKS, with one key
   * @param password of the store and of the key
   * @return what a server needs to speak TLS
   * @throws IOException if the file cannot be read or the password is wrong
   * @throws GeneralSecurityException if the store cannot be used
   */
  public static Tls keyStore(Path path, char[] password)
      throws IOException, GeneralSecurityException {
    return of(load(path, password), password);
  }

  /**
   * A new key with a certificate that it signs itself, for tests: good for a year, gone with the
   * process. It names {@code localhost}, {@code 127.0.0.1} and {@code ::1} besides.
   *
   * @param hosts further host names and addresses that clients will use
   * @return what a server needs to speak TLS
   */
  public static Tls selfSigned(String... hosts) {
    return selfSigned(Clock.systemUTC(), hosts);
  }

  static Tls selfSigned(Clock clock, String... hosts) {
    Set<String> all = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    Collections.addAll(all, hosts);
    char[] password = {};
    try {
      SelfSigned made = SelfSigned.create(all, clock.instant());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", made.key(), password, new Certificate[] {made.certificate()});
      return of(store, password);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot make a certificate", e);
    }
  }

  private static Tls of(KeyStore store, char[] password) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return new Tls(factory.getKeyManagers(), null, pem(store));
  }

  private static KeyStore load(Path path, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(path)) {
      store.load(in, password);
    }
    return store;
  }

  private static String pem(KeyStore store) throws GeneralSecurityException {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        byte[] encoded = store.getCertificate(alias).getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
            + new String(encoder.encode(encoded), StandardCharsets.US_ASCII)
            + "\n-----END CERTIFICATE-----\n";
      }
    }
    throw new GeneralSecurityException("the key store has no key");
  }

  /**
   * The same, with clients that must show a certificate.
   *
   * @param trustStore a key store, of type PKCS12 or JKS, with the certificates of the authorities
   *     that the clients' certificates come from
   * @param password of the store
   * @return a copy
   * @throws IOException if the file cannot be read or the password is wrong
   * @throws GeneralSecurityException if the store cannot be used
   */
  public Tls withClientTrust(Path trustStore, char[] password)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load(trustStore, password));
    return new Tls(keys, factory.getTrustManagers(), certificatePem);
  }

  /**
   * The server's certificate, for clients that are to trust it.
   *
   * @return the certificate of the key in PEM form, without those of its authorities
   */
  public String certificatePem() {
    return certificatePem;
  }

  SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(clientsMustAuthenticate);
    return engine;
  }
}
