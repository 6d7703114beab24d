package io.registrykit.server.jdk;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.spi.tck.http.DistributionContract;
import io.registrykit.store.memory.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The workflows of the specification over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributionOverTlsTest extends DistributionContract {
  private final Tls tls = Tls.selfSigned();
  private RegistryServer server;
  private HttpClient client;

  @BeforeAll
  void start() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    RegistryApi api = RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build();
    server = RegistryServer.builder(api).tls(tls).start();
    client = TlsTest.client(tls, null);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected URI registry() {
    return server.uri();
  }

  @Override
  protected HttpClient client() {
    return client;
  }
}
