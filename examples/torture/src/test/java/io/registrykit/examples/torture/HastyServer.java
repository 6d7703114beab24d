package io.registrykit.examples.torture;

import io.registrykit.examples.torture.process.CollectingServer;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A server with a mistake: it acknowledges a tag a moment before it commits it. */
final class HastyServer {
  private static final int MOMENT_MILLIS = 200;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(MOMENT_MILLIS, TimeUnit.MILLISECONDS);

  private HastyServer() {}

  public static void main(String[] args) throws IOException {
    FileStore store = FileStore.open(Path.of(args[0]));
    RepositoryStore hasty = hasty(store.repositories());
    CollectingServer.serve(RegistryStore.of(store.blobs(), hasty, store.features()));
  }

  private static RepositoryStore hasty(RepositoryStore honest) {
    return (RepositoryStore)
        Proxy.newProxyInstance(
            HastyServer.class.getClassLoader(),
            new Class<?>[] {RepositoryStore.class},
            (proxy, method, args) -> {
              if (args != null && args[args.length - 1] instanceof List<?> changes) {
                if (changes.stream().anyMatch(Change.SetTag.class::isInstance)) {
                  LATER.execute(() -> commit(method, honest, args));
                  return new CommitResult.Applied(Set.of(), Map.of(), Map.of());
                }
              }
              try {
                return method.invoke(honest, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void commit(Method method, RepositoryStore honest, Object[] args) {
    try {
      method.invoke(honest, args);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a commit that was acknowledged failed", e);
    }
  }
}
