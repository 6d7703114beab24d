package io.registrykit.spi.tck;

import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.StoreFeature;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A store with one flaw.
 *
 * @param name the flaw
 * @param flaw makes it
 * @param lasting whether the flaw shows only after the store was opened again
 * @param laws the laws that it breaks, as {@code Group.law}
 */
record Mutant(String name, UnaryOperator<RegistryStore> flaw, boolean lasting, List<String> laws) {

  static Mutant of(String name, UnaryOperator<RegistryStore> flaw, String... laws) {
    return new Mutant(name, flaw, false, List.of(laws));
  }

  static Mutant reopened(String name, UnaryOperator<RegistryStore> flaw, String... laws) {
    return new Mutant(name, flaw, true, List.of(laws));
  }

  StoreHarness harness() {
    LastingModel lastingModel = new LastingModel();
    StoreHarness harness =
        lasting
            ? StoreHarness.of(lastingModel.losing(flaw)::open)
            : StoreHarness.of(() -> flaw.apply(lastingModel.open()));
    return harness
        .reopenable()
        .features(StoreFeature.values())
        .capped(bytes -> flaw.apply(ReferenceModel.withCapacity(bytes)));
  }

  @Override
  public String toString() {
    return name;
  }
}
