package io.registrykit.spi.tck;

import io.registrykit.spi.store.StoreFeature;

/** The truth keeps the laws itself. */
class ReferenceModelTest extends RegistryStoreContract {
  @Override
  protected StoreHarness harness() {
    LastingModel lasting = new LastingModel();
    return StoreHarness.of(lasting::open)
        .reopenable()
        .features(StoreFeature.values())
        .capped(ReferenceModel::withCapacity);
  }
}
