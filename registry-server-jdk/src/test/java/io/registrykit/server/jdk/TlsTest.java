package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, alone and beside plain HTTP, with and without certificates of clients. */
class TlsTest {
  private static final char[] PASSWORD = "secret".toCharArray();

  private static X509Certificate parse(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static KeyStore trustStore(Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("trusted", certificate);
    return store;
  }

  private static KeyStore keyStore(SelfSigned own) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", own.key(), PASSWORD, new Certificate[] {own.certificate()});
    return store;
  }

  private static void save(KeyStore store, Path path) throws Exception {
    try (OutputStream out = Files.newOutputStream(path)) {
      store.store(out, PASSWORD);
    }
  }

  static HttpClient client(Tls server, @Nullable SelfSigned own) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trustStore(parse(server.certificatePem())));
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    if (own != null) {
      keys.init(keyStore(own), PASSWORD);
    }
    context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .sslContext(context)
        .build();
  }

  private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }

  @Test
  void theSelfMadeCertificateNamesTheHostsAndSignsItself() throws Exception {
    X509Certificate certificate =
        parse(Tls.selfSigned("registry.test", "10.1.2.3").certificatePem());
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    assertThat(certificate.getSubjectAlternativeNames())
        .contains(
            List.of(2, "localhost"),
            List.of(7, "127.0.0.1"),
            List.of(2, "registry.test"),
            List.of(7, "10.1.2.3"));
    assertThat(certificate.getBasicConstraints()).isNotNegative();
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void aClientThatTrustsTheCertificateGetsThrough(String host) throws Exception {
    Tls tls = Tls.selfSigned();
    try (RegistryServer server = RegistryServer.builder(new EchoHandler()).tls(tls).start()) {
      assertThat(server.uri().getScheme()).isEqualTo("https");
      HttpClient client = client(tls, null);
      String base = "https://" + host + ":" + server.port();
      assertThat(get(client, base + "/hello").body()).isEqualTo("hello");
      byte[] body = new byte[3_000_000];
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> counted =
            client.send(
                HttpRequest.newBuilder(URI.create(base + "/count"))
                    .PUT(BodyPublishers.ofByteArray(body))
                    .build(),
                BodyHandlers.ofString());
        assertThat(counted.body()).isEqualTo("3000000");
      }
      assertThat(get(client, base + "/large?size=5000000").body()).hasSize(5_000_000);
      assertThat(get(client, base + "/v2/%20x|".replace("|", "%7C")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aClientThatDoesNotTrustItFails() throws Exception {
    try (RegistryServer server =
        RegistryServer.builder(new EchoHandler()).tls(Tls.selfSigned()).start()) {
      HttpClient client = client(Tls.selfSigned(), null);
      assertThatThrownBy(() -> get(client, server.uri() + "/hello"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void plainHttpOnATlsPortIsRefusedUnlessChosen() throws Exception {
    Tls tls = Tls.selfSigned();
    String request = "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    try (RegistryServer server = RegistryServer.builder(new EchoHandler()).tls(tls).start();
        RawClient plain = new RawClient(server.port())) {
      String answer = plain.send(request).readAll(true);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("this port speaks TLS only");
    }
    try (RegistryServer server =
            RegistryServer.builder(new EchoHandler()).tls(tls).plainBesideTls(true).start();
        RawClient plain = new RawClient(server.port())) {
      assertThat(plain.send(request).readAll(false)).endsWith("hello");
      assertThat(get(client(tls, null), server.uri() + "/hello").body()).isEqualTo("hello");
    }
  }

  @Test
  void theKeyComesFromAFile(@TempDir Path folder) throws Exception {
    save(keyStore(SelfSigned.create(List.of("localhost"), Instant.now())), folder.resolve("k"));
    Tls tls = Tls.keyStore(folder.resolve("k"), PASSWORD);
    try (RegistryServer server = RegistryServer.builder(new EchoHandler()).tls(tls).start()) {
      assertThat(get(client(tls, null), "https://localhost:" + server.port() + "/hello").body())
          .isEqualTo("hello");
    }
    assertThatThrownBy(() -> Tls.keyStore(folder.resolve("k"), "wrong".toCharArray()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aClientMustShowACertificateWhenAsked(@TempDir Path folder) throws Exception {
    SelfSigned known = SelfSigned.create(List.of("client"), Instant.now());
    SelfSigned stranger = SelfSigned.create(List.of("client"), Instant.now());
    save(trustStore(known.certificate()), folder.resolve("t"));
    Tls tls = Tls.selfSigned().withClientTrust(folder.resolve("t"), PASSWORD);
    try (RegistryServer server = RegistryServer.builder(new EchoHandler()).tls(tls).start()) {
      String uri = server.uri() + "/hello";
      assertThat(get(client(tls, known), uri).body()).isEqualTo("hello");
      assertThatThrownBy(() -> get(client(tls, null), uri)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> get(client(tls, stranger), uri)).isInstanceOf(IOException.class);
    }
  }
}
