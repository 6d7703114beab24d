package io.registrykit.interop.azure;

import org.junit.jupiter.api.AfterEach;

/** Plain HTTP, with a pipeline that signs in with Basic. */
class SyncOverHttpTest extends SyncContract {
  private final AzureRegistry registry = AzureRegistry.overHttp();

  @Override
  Clients clients() {
    return Clients.withBasic(registry);
  }

  @AfterEach
  void close() throws Exception {
    registry.close();
  }
}
