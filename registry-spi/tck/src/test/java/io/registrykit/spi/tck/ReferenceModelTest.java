package io.registrykit.spi.tck;

import io.registrykit.spi.store.StoreFeature;

/** The truth keeps the laws itself. */
class ReferenceModelTest extends RegistryStoreContract {
  @Override
  protected StoreHarness harness() {
    return StoreHarness.of(ReferenceModel::create).features(StoreFeature.ATOMIC_TAGS);
  }
}
