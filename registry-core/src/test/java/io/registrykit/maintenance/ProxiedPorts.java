package io.registrykit.maintenance;

import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Puts somebody between a port and whoever calls it. Thread-safe. */
final class ProxiedPorts {
  /** Answers a call in place of the port. */
  interface Interceptor {
    @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable;
  }

  private ProxiedPorts() {}

  static RegistryStore of(RegistryStore store, Interceptor interceptor) {
    return RegistryStore.of(
        of(BlobStore.class, store.blobs(), interceptor),
        of(RepositoryStore.class, store.repositories(), interceptor),
        store.features());
  }

  static <T> T of(Class<T> port, T target, Interceptor interceptor) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> interceptor.call(target, method, arguments)));
  }

  /** The port's own answer. */
  static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
