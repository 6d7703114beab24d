package io.registrykit.maintenance;

import io.registrykit.spi.store.RegistryStore;

/** A store in which others act before every single call. Not safe for use by several threads. */
final class InterleavedStore {
  private final RegistryStore store;
  private final Runnable others;
  private final Mutant mutant;

  InterleavedStore(RegistryStore store, Runnable others, Mutant mutant) {
    this.store = store;
    this.others = others;
    this.mutant = mutant;
  }

  RegistryStore asStore() {
    return ProxiedPorts.of(
        store,
        (target, method, arguments) -> {
          others.run();
          return ProxiedPorts.invoke(target, method, mutant.mutate(method.getName(), arguments));
        });
  }
}
