package io.registrykit.interop.azure;

import org.junit.jupiter.api.AfterEach;

/** The SDK as it comes: HTTPS, its default pipeline, and a credential of a directory. */
class AsyncOverHttpsTest extends AsyncContract {
  private final AzureRegistry registry = AzureRegistry.overHttps();

  @Override
  Clients clients() {
    return Clients.withCredential(registry, AzureRegistry.OWNER);
  }

  @AfterEach
  void close() throws Exception {
    registry.close();
  }
}
