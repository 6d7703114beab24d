package io.registrykit.store.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.tck.RegistryStoreContract;
import io.registrykit.spi.tck.StoreHarness;
import java.io.IOException;
import java.nio.file.FileSystem;
import org.junit.jupiter.api.AfterEach;

/** The contract on a file system with the manners of macOS. */
class MacOsFileStoreContractTest extends RegistryStoreContract {
  private final FileSystem files = Jimfs.newFileSystem(Configuration.osX());

  @AfterEach
  void closeFiles() throws IOException {
    files.close();
  }

  @Override
  protected StoreHarness harness() {
    return StoreHarness.of(() -> FileStore.open(files.getPath("/data")))
        .reopenable()
        .features(StoreFeature.DURABLE, StoreFeature.RESUMABLE_UPLOADS, StoreFeature.ATOMIC_TAGS);
  }
}
