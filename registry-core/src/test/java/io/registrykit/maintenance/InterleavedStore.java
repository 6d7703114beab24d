package io.registrykit.maintenance;

import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

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
    return RegistryStore.of(
        proxy(BlobStore.class, store.blobs()),
        proxy(RepositoryStore.class, store.repositories()),
        store.features());
  }

  private <T> T proxy(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              others.run();
              try {
                return method.invoke(target, mutant.mutate(method.getName(), arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
