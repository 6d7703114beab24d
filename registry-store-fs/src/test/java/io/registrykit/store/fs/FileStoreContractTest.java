package io.registrykit.store.fs;

import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.tck.RegistryStoreContract;
import io.registrykit.spi.tck.StoreHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the file system of the host. */
class FileStoreContractTest extends RegistryStoreContract {
  @TempDir Path folder;

  @Override
  protected StoreHarness harness() {
    return StoreHarness.of(() -> FileStore.open(folder.resolve("store")))
        .reopenable()
        .features(StoreFeature.DURABLE, StoreFeature.RESUMABLE_UPLOADS, StoreFeature.ATOMIC_TAGS);
  }
}
