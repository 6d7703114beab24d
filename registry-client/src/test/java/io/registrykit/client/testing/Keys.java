package io.registrykit.client.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A key with a certificate that it signed itself, made by the tool of the JDK. Immutable. */
public final class Keys {
  /** The password of all files. */
  public static final String PASSWORD = "changeit";

  private final Path file;
  private final KeyStore store;

  private Keys(Path file, KeyStore store) {
    this.file = file;
    this.store = store;
  }

  /** Makes a key for a name. */
  public static Keys make(Path folder, String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve(name + ".log")));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Keys(file, store);
  }

  /** A file with the certificate alone, for those that are to trust it. */
  public Path trustStore() throws Exception {
    KeyStore trust = trusting(store.getCertificate("key"));
    Path copy = file.resolveSibling("trust-" + file.getFileName());
    try (var out = Files.newOutputStream(copy)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return copy;
  }

  /** Trusts one certificate, in PEM form, and shows a key when there is one. */
  public static SSLContext context(String trustedPem, @Nullable Keys own) throws Exception {
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(trustedPem.getBytes(StandardCharsets.US_ASCII)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusting(certificate));
    KeyManager[] keys = {};
    if (own != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(own.store, PASSWORD.toCharArray());
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore trusting(Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("trusted", certificate);
    return trust;
  }
}
