package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that is larger than what a store may keep in memory. */
class LargeRepositoryTest {
  private static final RepositoryName LARGE = RepositoryName.parse("large");
  private static final int ENTRIES = 5000;

  @Test
  void isNotReadAnewForEachRequest(@TempDir Path root) throws IOException {
    List<Change> links = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      links.add(new Change.LinkBlob(digest(i), 1));
    }
    try (FileStore store =
        FileStore.at(root).durability(Durability.RELAXED).cacheBytes(1 << 20).open()) {
      store.repositories().commit(LARGE, Instant.EPOCH, links);
      store.checkpoint();
      Path files = root.resolve("repos/large/_reg");
      Path aside = Files.move(files, root.resolve("aside"));
      // What the cache has let go of is gone now.
      System.gc();
      assertThat(store.repositories().blobLink(LARGE, digest(1))).isPresent();
      Files.move(aside, files);
    }
  }

  private static Digest digest(int number) {
    byte[] content = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    return Digest.of(DigestAlgorithm.SHA256, content);
  }
}
