package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A blob in more repositories than its file system allows links: 65,000 on ext4. */
class LinkLimitTest {
  private static final int REPOSITORIES = 20;
  private static final int MOST_LINKS = 3;

  @Test
  void isShownInEachOfThem() throws IOException {
    CrashDisk disk = new CrashDisk(CrashScenario.ROOT, path -> true);
    disk.maxLinks(MOST_LINKS);
    Engine engine = CrashScenario.open(disk);
    Digest digest = CrashScenario.pushRandom(engine, 1, 100_000);
    for (int i = 0; i < REPOSITORIES; i++) {
      engine
          .repositories()
          .commit(
              RepositoryName.parse("many/r" + i),
              Instant.EPOCH,
              List.of(new Change.LinkBlob(digest, 100_000)));
    }
    engine.checkpoint();
    for (int i = 0; i < REPOSITORIES; i++) {
      Path shown =
          CrashScenario.ROOT.resolve("repos/many/r" + i + "/_oci/blobs/sha256/" + digest.hex());
      assertThat(disk.info(shown)).as("%s", shown).isPresent();
    }
    engine.close();
    assertThat(StoreContent.of(CrashScenario.open(disk))).hasSize(1 + 2 * REPOSITORIES);
  }
}
