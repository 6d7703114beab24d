package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.examples.torture.scale.Filler;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.fs.Finding;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A blob in more repositories than a real ext4 allows links to one file, which is 65,000. Most of
 * the links are made outside of the store, where they cost nothing.
 */
@Timeout(120)
class LinkLimitTest {
  private static final int MOST_LINKS = 65_000;
  private static final int FREE = 3;
  private static final int REPOSITORIES = 8;
  private static final int SIZE = 300_000;

  @Test
  void isShownInEachOfThem() throws IOException {
    try (SmallDisk disk = SmallDisk.ext4(128)) {
      Path root = disk.folder().resolve("registry");
      Blob blob = Blob.random(new SplittableRandom(1), SIZE);
      Digest digest = Digest.parse(blob.digest());
      try (FileStore store = FileStore.open(root)) {
        Filler.blob(store, blob.bytes(), Instant.now());
        store.checkpoint();
        Path pooled = find(root.resolve("pool"), digest);
        useUp(pooled, Files.createDirectory(disk.folder().resolve("links")));
        for (int i = 0; i < REPOSITORIES; i++) {
          mount(store, i, digest);
        }
        store.checkpoint();
        assertThat(links(pooled)).isLessThan(MOST_LINKS);
      }
      for (int i = 0; i < REPOSITORIES; i++) {
        Path shown = root.resolve("repos/many/r" + i + "/_oci/blobs/sha256/" + digest.hex());
        assertThat(shown).hasBinaryContent(blob.bytes());
      }
      List<Finding> findings = new ArrayList<>();
      assertThat(FileStore.check(root, false, findings::add).blobs()).isOne();
      assertThat(findings).isEmpty();
    }
  }

  private static void mount(FileStore store, int number, Digest digest) throws IOException {
    store
        .repositories()
        .commit(
            RepositoryName.parse("many/r" + number),
            Instant.now(),
            List.of(new Change.LinkBlob(digest, SIZE)));
  }

  /** Leaves a file with only a few links that it can still have. */
  private static void useUp(Path file, Path folder) throws IOException {
    for (int i = links(file); i < MOST_LINKS - FREE; i++) {
      Files.createLink(folder.resolve(Integer.toString(i)), file);
    }
    Path last = folder.resolve("last");
    for (int i = 0; i < FREE; i++) {
      Files.createLink(last.resolveSibling("last-" + i), file);
    }
    // It is the limit of this file system, or the test shows nothing.
    assertThatThrownBy(() -> Files.createLink(last, file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Too many links");
    for (int i = 0; i < FREE; i++) {
      Files.delete(last.resolveSibling("last-" + i));
    }
  }

  private static int links(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:nlink");
  }

  private static Path find(Path pool, Digest digest) throws IOException {
    try (Stream<Path> files = Files.walk(pool)) {
      return files.filter(file -> file.endsWith(digest.hex())).findAny().orElseThrow();
    }
  }
}
