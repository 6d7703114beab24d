package io.registrykit.store.memory;

import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.tck.RegistryStoreContract;
import io.registrykit.spi.tck.StoreHarness;

class MemoryStoreContractTest extends RegistryStoreContract {
  @Override
  protected StoreHarness harness() {
    return StoreHarness.of(MemoryStore::create)
        .features(StoreFeature.ATOMIC_TAGS)
        .capped(MemoryStore::withCapacity);
  }
}
