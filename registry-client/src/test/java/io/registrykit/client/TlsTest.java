package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.Keys;
import io.registrykit.client.testing.ProxyServer;
import io.registrykit.error.BackendException;
import io.registrykit.model.RepositoryName;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.server.jdk.Tls;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries behind TLS: authorities of one's own, client certificates, proxies on the way. */
class TlsTest {
  private static final RepositoryName APP = new RepositoryName("team/app");

  @TempDir Path folder;

  private static RegistryServer serve(Tls tls) throws IOException {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    return RegistryServer.builder(
            RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
        .port(0)
        .tls(tls)
        .start();
  }

  private static String host(RegistryServer server) {
    return "127.0.0.1:" + server.port();
  }

  private static RegistryClient.Builder builder() {
    return RegistryClient.builder()
        .retries(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)));
  }

  private static HostOptions trusting(SSLContext context) {
    return HostOptions.builder().tls(context).build();
  }

  private static void push(RegistryClient client, String host) {
    byte[] bytes = Contents.random(1, 100_000);
    client.registry(host).repository(APP).pushBlob(Contents.content(bytes));
    assertThat(client.registry(host).repository(APP).blobSize(Contents.digest(bytes)))
        .hasValue(100_000);
  }

  private static void assertNotTrusted(RegistryClient client, String host) {
    assertThatThrownBy(() -> client.registry(host).ping())
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("talking to " + host + " failed");
  }

  @Test
  void anAuthorityOfOnesOwnIsTrustedWhereItIsSaid() throws Exception {
    Tls tls = Tls.selfSigned();
    SSLContext context = Keys.context(tls.certificatePem(), null);
    try (RegistryServer server = serve(tls);
        RegistryServer other = serve(Tls.selfSigned());
        RegistryClient stranger = builder().build();
        RegistryClient everywhere = builder().tls(context).build();
        RegistryClient oneHost = builder().host(host(server), trusting(context)).build()) {
      assertNotTrusted(stranger, host(server));
      push(everywhere, host(server));
      push(oneHost, host(server));
      assertNotTrusted(everywhere, host(other));
      assertNotTrusted(oneHost, host(other));
    }
  }

  @Test
  void eachHostHasItsOwnAuthority() throws Exception {
    Tls one = Tls.selfSigned();
    Tls two = Tls.selfSigned();
    try (RegistryServer first = serve(one);
        RegistryServer second = serve(two);
        RegistryClient client =
            builder()
                .host(host(first), trusting(Keys.context(one.certificatePem(), null)))
                .host(host(second), trusting(Keys.context(two.certificatePem(), null)))
                .build()) {
      push(client, host(first));
      push(client, host(second));
    }
  }

  @Test
  void aCertificateIsShownToTheHostThatItIsFor() throws Exception {
    Keys mine = Keys.make(folder, "client");
    Tls tls = Tls.selfSigned().withClientTrust(mine.trustStore(), Keys.PASSWORD.toCharArray());
    String pem = tls.certificatePem();
    try (RegistryServer server = serve(tls);
        RegistryClient with =
            builder().host(host(server), trusting(Keys.context(pem, mine))).build();
        RegistryClient without =
            builder().host(host(server), trusting(Keys.context(pem, null))).build()) {
      push(with, host(server));
      assertNotTrusted(without, host(server));
    }
  }

  @Test
  void aTunnelThroughAProxyLeadsThere() throws Exception {
    Tls tls = Tls.selfSigned();
    try (RegistryServer server = serve(tls);
        ProxyServer proxy = ProxyServer.start(200);
        RegistryClient client =
            builder()
                .tls(Keys.context(tls.certificatePem(), null))
                .proxies(proxy.selector())
                .build()) {
      push(client, "localhost:" + server.port());
      assertThat(proxy.heads())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1")
          .doesNotContainIgnoringCase("authorization:");
    }
  }

  @Test
  void aProxyThatRefusesIsATypedError() throws Exception {
    try (ProxyServer proxy = ProxyServer.start(503);
        RegistryClient client = builder().proxies(proxy.selector()).build()) {
      assertThatThrownBy(() -> client.registry("registry.example").ping())
          .isInstanceOf(BackendException.class);
      assertThat(proxy.heads()).isNotEmpty();
    }
  }
}
