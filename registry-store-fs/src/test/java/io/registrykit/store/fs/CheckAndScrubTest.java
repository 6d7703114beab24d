package io.registrykit.store.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finds what is broken, and leaves what is not. */
class CheckAndScrubTest {
  private static final RepositoryName A = RepositoryName.parse("a");
  private static final RepositoryName B = RepositoryName.parse("b/con");
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path temporary;
  private Path root;
  private Digest one;
  private Digest two;

  @BeforeEach
  void fill() throws IOException {
    root = temporary.resolve("store");
    try (FileStore store = FileStore.open(root)) {
      one = TestContent.push(store, "one");
      two = TestContent.push(store, "second");
      link(store, A, one, 3);
      link(store, B, one, 3);
      link(store, B, two, 6);
    }
  }

  private static void link(FileStore store, RepositoryName name, Digest digest, long size)
      throws IOException {
    store.repositories().commit(name, NOW, List.of(new Change.LinkBlob(digest, size)));
  }

  private Path blob(Digest digest) {
    return root.resolve("pool/sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private void flipAByte(Digest digest) throws IOException {
    Path file = blob(digest);
    byte[] bytes = Files.readAllBytes(file);
    bytes[1] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  private List<Finding> check(boolean repair) throws IOException {
    List<Finding> found = new ArrayList<>();
    CheckReport report = FileStore.check(root, repair, found::add);
    assertThat(report.findings()).isEqualTo(found.size());
    return found;
  }

  @Test
  void findsNothingInAStoreThatIsWhole() throws IOException {
    assertThat(check(false)).isEmpty();
    assertThat(check(true)).isEmpty();
  }

  @Test
  void countsWhatIsSharedAndWhatIsNot() throws IOException {
    try (FileStore store = FileStore.open(root)) {
      assertThat(store.usage(B)).isEqualTo(new RepositoryUsage(B, 2, 6, 3, 0, 0));
      assertThat(store.usage(A)).isEqualTo(new RepositoryUsage(A, 1, 0, 3, 0, 0));
      List<RepositoryUsage> all = new ArrayList<>();
      store.usageOfAll(all::add);
      assertThat(all).containsExactly(store.usage(A), store.usage(B));
    }
  }

  @Test
  void countsManyThatAreSharedAndManyThatAreNot() throws IOException {
    try (FileStore store = FileStore.at(root).durability(Durability.RELAXED).open()) {
      for (int i = 0; i < 1500; i++) {
        Digest digest = TestContent.push(store, "number " + i);
        link(store, A, digest, ("number " + i).length());
        if (i % 3 == 0) {
          link(store, B, digest, ("number " + i).length());
        }
      }
      List<RepositoryUsage> all = new ArrayList<>();
      store.usageOfAll(all::add);
      assertThat(all).containsExactly(store.usage(A), store.usage(B));
      assertThat(all.get(0).blobs()).isEqualTo(1501);
    }
  }

  @Test
  void scrubsAByteThatFlippedWhileTheStoreIsOpen() throws IOException {
    try (FileStore store = FileStore.open(root)) {
      flipAByte(two);
      List<Finding> found = new ArrayList<>();
      ScrubReport report = store.scrub(1_000_000, found::add);
      assertThat(report.damaged()).isEqualTo(found).hasSize(1);
      assertThat(found.get(0).kind()).isEqualTo(Finding.Kind.BLOB_DAMAGED);
      assertThat(store.blobs().size(two)).isEmpty();
      assertThat(store.blobs().size(one)).hasValue(3);
      assertThat(store.blobs().usage().blobBytes()).isEqualTo(3);
      assertThat(root.resolve("quarantine/sha256-" + two.hex())).exists();
      assertThat(TestContent.push(store, "second")).isEqualTo(two);
      assertThat(store.scrub(1_000_000, found::add).damaged()).isEmpty();
    }
  }

  /** What a disk can do to a file. */
  enum Damage {
    TRUNCATED,
    ZEROS,
    EMPTY
  }

  @ParameterizedTest
  @EnumSource
  void scrubsWhateverHappenedToABlob(Damage damage) throws IOException {
    try (FileStore store = FileStore.open(root)) {
      Path file = blob(two);
      Files.delete(file);
      Files.write(file, new byte[] {0, 0, 0, 0, 0, 0});
      if (damage != Damage.ZEROS) {
        Files.write(file, Arrays.copyOf("second".getBytes(UTF_8), damage == Damage.EMPTY ? 0 : 5));
      }
      assertThat(store.scrub(1_000_000, found -> {}).damaged())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.BLOB_DAMAGED);
      assertThat(store.blobs().open(two)).isEmpty();
      assertThat(store.blobs().open(one)).isPresent();
      assertThat(TestContent.push(store, "second")).isEqualTo(two);
      assertThat(store.blobs().open(two)).isPresent();
    }
  }

  @Test
  void checksAndRepairs() throws IOException {
    flipAByte(two);
    assertThat(check(false)).extracting(Finding::kind).containsOnly(Finding.Kind.BLOB_DAMAGED);
    assertThat(blob(two)).exists();
    assertThat(check(true))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.BLOB_DAMAGED, Finding.Kind.BLOB_MISSING);
    assertThat(blob(two)).doesNotExist();
    assertThat(check(true)).extracting(Finding::kind).containsOnly(Finding.Kind.BLOB_MISSING);
    try (FileStore store = FileStore.open(root)) {
      TestContent.push(store, "second");
    }
    assertThat(check(false)).isEmpty();
  }

  @Test
  void countsAnewWhatSomebodyDeletedByHand() throws IOException {
    Files.delete(blob(one));
    assertThat(check(true))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(
            Finding.Kind.COUNTERS_WRONG, Finding.Kind.BLOB_MISSING, Finding.Kind.BLOB_MISSING);
    try (FileStore store = FileStore.open(root)) {
      assertThat(store.blobs().usage().blobs()).isEqualTo(1);
    }
  }

  @Test
  void listsARepositoryThatTheCatalogForgot() throws IOException {
    byte[] catalog = Files.readAllBytes(root.resolve("catalog"));
    Path journal = root.resolve("repos/c/_reg/journal");
    try (FileStore store = FileStore.open(root)) {
      link(store, RepositoryName.parse("c"), one, 3);
    }
    byte[] rows = Files.readAllBytes(journal);
    try (FileStore store = FileStore.open(root)) {
      store
          .repositories()
          .commit(RepositoryName.parse("c"), NOW, List.of(new Change.DeleteRepository()));
    }
    assertThat(root.resolve("repos/c")).doesNotExist();
    Files.createDirectories(journal.getParent());
    Files.write(journal, rows);
    assertThat(Files.readAllBytes(root.resolve("catalog"))).startsWith(catalog);
    assertThat(check(true))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.REPOSITORY_UNLISTED);
    assertThat(check(false)).isEmpty();
  }

  @Test
  void makesTheCatalogAnew() throws IOException {
    Path catalog = root.resolve("catalog");
    byte[] bytes = Files.readAllBytes(catalog);
    bytes[bytes.length / 2] ^= 8;
    Files.write(catalog, bytes);
    assertThat(check(false))
        .extracting(Finding::kind, Finding::repaired)
        .containsExactly(tuple(Finding.Kind.CATALOG_DAMAGED, true));
    assertThat(check(false)).isEmpty();
    assertThat(root.resolve("quarantine/catalog")).hasBinaryContent(bytes);
    try (FileStore store = FileStore.open(root)) {
      assertThat(store.repositories().repositories(new PageRequest(10, null)).items())
          .containsExactly(A, B);
    }
  }

  /** What a desktop leaves in every folder that it shows. */
  @Test
  void passesOverFilesOfOthers() throws IOException {
    try (FileStore store = FileStore.open(root)) {
      Change put = new Change.PutManifest(CrashScenario.manifest("manifest"));
      store.repositories().commit(A, NOW, List.of(put));
    }
    List<Path> folders;
    try (var all = Files.walk(root)) {
      folders = all.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      Files.write(folder.resolve(".DS_Store"), new byte[] {1, 2, 3});
    }
    Path copy = Files.createDirectories(root.resolve("repos/a copy/_reg"));
    Files.copy(root.resolve("repos/a/_reg/journal"), copy.resolve("journal"));
    assertThat(check(true)).isEmpty();
    Files.delete(root.resolve("catalog"));
    assertThat(check(true)).extracting(Finding::kind).containsExactly(Finding.Kind.CATALOG_DAMAGED);
    try (FileStore store = FileStore.open(root)) {
      link(store, A, two, 6);
      assertThat(store.scrub(1_000_000, found -> {}).damaged()).isEmpty();
      assertThat(store.usage(A).blobs()).isEqualTo(2);
    }
    assertThat(root.resolve("repos/a/_reg/.DS_Store")).exists();
    assertThat(copy.resolve("journal")).exists();
  }

  @Test
  void makesTheViewAnew() throws IOException {
    Path linked = root.resolve("repos/a/_oci/blobs/sha256").resolve(one.hex());
    Files.delete(linked);
    assertThat(check(true)).isEmpty();
    assertThat(linked).exists();
  }

  @Test
  void servesTheRestWhenOneRepositoryIsDamaged() throws IOException {
    Path journal = root.resolve("repos/a/_reg/journal");
    byte[] bytes = Files.readAllBytes(journal);
    bytes[14] ^= 1;
    byte[] twice = new byte[bytes.length * 2];
    System.arraycopy(bytes, 0, twice, 0, bytes.length);
    bytes[14] ^= 1;
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    Files.write(journal, twice);
    assertThat(check(true))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.REPOSITORY_UNREADABLE);
    try (FileStore store = FileStore.open(root)) {
      assertThat(store.repositories().blobLink(B, two)).isPresent();
    }
  }

  @Test
  void takesABlobAgainWhoseFileVanished() throws IOException {
    try (FileStore store = FileStore.open(root)) {
      assertThat(store.blobs().touch(one, Instant.now())).isTrue();
      Files.delete(blob(one));
      assertThat(store.blobs().touch(one, Instant.now().plusSeconds(1))).isFalse();
      assertThat(store.blobs().usage().blobs()).isEqualTo(1);
      TestContent.push(store, "one");
      assertThat(store.blobs().open(one)).isPresent();
      assertThat(store.blobs().usage().blobs()).isEqualTo(2);
    }
    assertThat(check(false)).isEmpty();
  }
}
