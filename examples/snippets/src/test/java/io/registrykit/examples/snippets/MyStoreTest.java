package io.registrykit.examples.snippets;

import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.tck.RegistryStoreContract;
import io.registrykit.spi.tck.StoreHarness;

// snippet: tck
class MyStoreTest extends RegistryStoreContract {
  @Override
  protected StoreHarness harness() {
    return StoreHarness.of(MyStore::open).features(StoreFeature.ATOMIC_TAGS);
  }
}
// end
