package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.examples.torture.collect.CollectRun;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collects under people who push; {@code run collect.CollectRun} does it for ten minutes. */
class CollectTest {
  private static final Duration TIME = Duration.ofSeconds(Scale.collectSeconds());

  @Test
  void neverTakesWhatSomebodyNeedsAndLeavesNoGarbage(@TempDir Path root) throws Exception {
    long seed = System.nanoTime();
    try (FileStore store = FileStore.open(root)) {
      CollectRun.Report report = new CollectRun(store, store).run(TIME, seed);
      System.out.println("seed " + seed + ": " + report);
      assertThat(report.violations()).as("seed %s", seed).isEmpty();
      assertThat(report.left()).isZero();
      assertThat(report.acknowledged()).isPositive();
      assertThat(report.collections()).isGreaterThan(1);
    }
  }

  /** A test that such a collector passes would prove nothing. */
  @Test
  void findsACollectorThatIgnoresThatABlobIsWantedAgain(@TempDir Path root) throws Exception {
    try (FileStore store = FileStore.open(root)) {
      CollectRun.Report report =
          new CollectRun(store, withoutTouch(store)).run(Duration.ofSeconds(10), 1);
      assertThat(report.violations()).isNotEmpty();
    }
  }

  private static RegistryStore withoutTouch(RegistryStore store) {
    BlobStore blobs = store.blobs();
    BlobStore deaf =
        (BlobStore)
            Proxy.newProxyInstance(
                CollectTest.class.getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("deleteIfUntouchedSince")) {
                    // Time for somebody to push the blob again.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    args[1] = Instant.MAX;
                  }
                  try {
                    return method.invoke(blobs, args);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return RegistryStore.of(deaf, store.repositories(), store.features());
  }
}
