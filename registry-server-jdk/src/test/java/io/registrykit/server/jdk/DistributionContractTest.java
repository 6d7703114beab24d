package io.registrykit.server.jdk;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.spi.tck.http.DistributionContract;
import io.registrykit.store.memory.MemoryStore;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The workflows of the specification over a real socket. */
class DistributionContractTest extends DistributionContract {
  private RegistryServer server;

  @BeforeEach
  void start() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    RegistryApi api = RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build();
    server = RegistryServer.builder(api).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected URI registry() {
    return server.uri();
  }
}
