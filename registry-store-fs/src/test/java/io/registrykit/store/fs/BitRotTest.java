package io.registrykit.store.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.store.fs.CrashDisk.Survival;
import io.registrykit.store.fs.internal.files.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whichever bit of a closed store flips and whichever file vanishes: it is found, named, and costs
 * nobody else anything.
 */
class BitRotTest {
  private static final PageRequest ALL = new PageRequest(100, null);
  private static final RepositoryName A = RepositoryName.parse("a");
  private static final RepositoryName HIDDEN = RepositoryName.parse("a/hidden");
  private static final RepositoryName GROWN = RepositoryName.parse("grown");
  private static final List<RepositoryName> NAMES = List.of(A, HIDDEN, GROWN);
  private static final Instant NOW = Instant.EPOCH;
  @RegisterExtension static final SilentLogger LOGGER = new SilentLogger("io.registrykit.store.fs");

  /** Of a file that is longer, a few bytes are flipped. */
  private static final int LONG = 10_000;

  private static final int FEW = 20;

  private final CrashDisk whole = new CrashDisk(CrashScenario.ROOT, path -> true);
  private final Map<RepositoryName, List<String>> expected = new TreeMap<>();
  private CrashDisk disk = whole;
  private Engine engine;

  /** One repository has a journal, one is hidden, and one has a snapshot too. */
  @BeforeEach
  void fill() throws IOException {
    engine = CrashScenario.open(disk);
    StoredManifest manifest = CrashScenario.manifest("manifest");
    for (RepositoryName name : NAMES) {
      Digest blob = CrashScenario.pushRandom(engine, 1, 100);
      commit(name, new Change.LinkBlob(blob, 100));
      Change tag = new Change.SetTag(new Tag("v1"), manifest.raw().digest(), Expected.anything());
      commit(name, new Change.PutManifest(manifest), tag);
    }
    commit(HIDDEN, new Change.SetAttributes(null, new Attributes(true, true, true, false), null));
    Path snapshot = CrashScenario.ROOT.resolve("repos/grown/_reg/snapshot");
    for (int i = 0; disk.info(snapshot).isEmpty(); i++) {
      String id = "event " + i;
      commit(GROWN, new Change.Publish(new EventRecord(id, NOW, Bytes.utf8("long".repeat(5_000)))));
      engine.repositories().acknowledgeEvents(GROWN, Set.of(id));
      engine.checkpoint();
      assertThat(i).isLessThan(100);
    }
    commit(GROWN, new Change.DeleteTag(new Tag("no"), Expected.anything()));
    engine.close();
    engine = CrashScenario.open(disk);
    for (RepositoryName name : NAMES) {
      expected.put(name, StoreContent.of(engine, name));
    }
    engine.close();
  }

  private void commit(RepositoryName name, Change... changes) throws IOException {
    engine.repositories().commit(name, NOW, List.of(changes));
  }

  private List<Path> files(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    whole.list(folder, entries::add);
    List<Path> files = new ArrayList<>();
    for (Path entry : entries) {
      if (whole.info(entry).orElseThrow().directory()) {
        files.addAll(files(entry));
      } else {
        files.add(entry);
      }
    }
    return files;
  }

  /** Damages each file in every way, and lets a test look at what comes of it. */
  private void each(String part, Verdict verdict) throws IOException {
    List<Path> files = new ArrayList<>(files(CrashScenario.ROOT));
    files.removeIf(file -> !file.toString().contains(part));
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      int length = (int) whole.info(file).orElseThrow().size();
      for (int at = -1; at < length; at += length > LONG ? length / FEW : 1) {
        disk = whole.afterPowerCut(Survival.EVERYTHING);
        if (at < 0) {
          disk.delete(file);
        } else {
          disk.flip(file, at);
        }
        try {
          verdict.on(file);
        } catch (IOException | RuntimeException | AssertionError e) {
          throw new AssertionError(file + (at < 0 ? " is missing" : " is flipped at " + at), e);
        }
      }
    }
  }

  interface Verdict {
    void on(Path file) throws IOException;
  }

  private void reopen() throws IOException {
    engine = CrashScenario.open(disk);
  }

  /** All but one are there, listed, and can be written to, and it stays like that. */
  private void assertServesAllBut(List<RepositoryName> damaged) throws IOException {
    for (int i = 0; i < 2; i++) {
      reopen();
      assertThat(engine.repositories().listedRepositories(ALL).items()).containsExactly(A, GROWN);
      assertThat(engine.repositories().repositories(ALL).items()).isEqualTo(NAMES);
      for (RepositoryName name : NAMES) {
        if (damaged.contains(name)) {
          assertThatThrownBy(() -> StoreContent.of(engine, name))
              .isInstanceOf(IOException.class)
              .hasMessageContaining(name + "/_reg/");
        } else {
          assertThat(StoreContent.of(engine, name)).isEqualTo(expected.get(name));
        }
      }
      RepositoryName fresh = RepositoryName.parse("z/fresh" + i);
      commit(fresh, new Change.PutManifest(CrashScenario.manifest("fresh")));
      engine.checkpoint();
      assertThat(engine.repositories().repositories(ALL).items()).contains(fresh);
      commit(fresh, new Change.DeleteRepository());
      engine.close();
    }
  }

  private List<Finding.Kind> check() throws IOException {
    reopen();
    List<Finding.Kind> found = new ArrayList<>();
    engine.check(true, finding -> found.add(finding.kind()));
    engine.close();
    return found;
  }

  @Test
  void theListOfRepositoriesIsMadeAnew() throws IOException {
    each(
        "catalog",
        file -> {
          assertThat(check()).containsExactly(Finding.Kind.CATALOG_DAMAGED);
          assertThat(check()).isEmpty();
          assertServesAllBut(List.of());
        });
    each("catalog", file -> assertServesAllBut(List.of()));
  }

  @Test
  void theLogHasNothingThatIsThereOnlyOnce() throws IOException {
    each(
        CrashScenario.ROOT.resolve("log").toString(),
        file -> {
          assertServesAllBut(List.of());
          assertThat(check()).isEmpty();
        });
  }

  @Test
  void aRepositoryIsUnreadable() throws IOException {
    for (RepositoryName name : NAMES) {
      for (String file : List.of("/_reg/journal", "/_reg/snapshot")) {
        if (whole.info(CrashScenario.ROOT.resolve("repos/" + name + file)).isEmpty()) {
          continue;
        }
        each(
            "repos/" + name + file,
            path -> {
              assertServesAllBut(List.of(name));
              assertThat(check()).containsExactly(Finding.Kind.REPOSITORY_UNREADABLE);
            });
      }
    }
  }

  @Test
  void aManifestIsUnreadable() throws IOException {
    each(
        "repos/a/_reg/manifests",
        file -> {
          assertServesAllBut(List.of(A));
          assertThat(check()).containsExactly(Finding.Kind.MANIFEST_DAMAGED);
        });
  }

  @Test
  void aBlobIsFound() throws IOException {
    each(
        "pool",
        file -> {
          Finding.Kind first =
              disk.info(file).isEmpty() ? Finding.Kind.COUNTERS_WRONG : Finding.Kind.BLOB_DAMAGED;
          Finding.Kind each = Finding.Kind.BLOB_MISSING;
          assertThat(check()).containsExactly(first, each, each, each);
          reopen();
          CrashScenario.pushRandom(engine, 1, 100);
          engine.close();
          assertThat(check()).isEmpty();
          assertServesAllBut(List.of());
        });
  }

  /** An upload goes on, or starts anew, and never becomes a blob with other bytes. */
  @Test
  void anUploadIsLostAtMost() throws IOException {
    byte[] content = new byte[70_000];
    Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
    engine = CrashScenario.open(whole);
    UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA256, "somebody", NOW);
    UploadId id;
    try (BlobUpload started = engine.blobs().begin(spec)) {
      id = started.id();
      started.append(new ByteArrayInputStream(content, 0, 66_000));
    }
    engine.close();
    each(
        "uploads",
        file -> {
          assertServesAllBut(List.of());
          reopen();
          Optional<BlobUpload> resumed = engine.blobs().resume(id);
          if (resumed.isPresent()) {
            finish(resumed.get(), content, digest);
          }
          StoreContent.of(engine);
        });
  }

  private static void finish(BlobUpload upload, byte[] content, Digest digest) throws IOException {
    try (upload) {
      int start = (int) upload.size();
      upload.append(new ByteArrayInputStream(content, start, content.length - start));
      upload.commit(digest);
    } catch (RegistryException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID);
    }
  }

  /** Only the repository whose file it is may miss something, and nothing turns read-only. */
  @Test
  void aFileVanishesWhileTheStoreIsOpen() throws IOException {
    for (Path file : files(CrashScenario.ROOT)) {
      if (file.endsWith("format")) {
        continue;
      }
      disk = whole.afterPowerCut(Survival.EVERYTHING);
      reopen();
      for (RepositoryName name : NAMES) {
        StoreContent.of(engine, name);
      }
      disk.delete(file);
      Digest blob = CrashScenario.pushRandom(engine, 2, 70_000);
      for (RepositoryName name : NAMES) {
        commit(name, new Change.LinkBlob(blob, 70_000));
      }
      commit(RepositoryName.parse("fresh"), new Change.LinkBlob(blob, 70_000));
      engine.checkpoint();
      engine.close();
      assertThat(check()).as("%s", file).containsExactlyElementsOf(whatIsMissing(file));
    }
  }

  private static List<Finding.Kind> whatIsMissing(Path file) {
    String path = file.toString();
    if (path.endsWith("snapshot")) {
      return List.of(Finding.Kind.REPOSITORY_UNREADABLE);
    } else if (path.contains("manifests")) {
      return List.of(Finding.Kind.MANIFEST_DAMAGED);
    } else if (path.contains("pool")) {
      Finding.Kind each = Finding.Kind.BLOB_MISSING;
      return List.of(Finding.Kind.COUNTERS_WRONG, each, each, each);
    }
    return List.of();
  }

  @Test
  void aStoreWithoutItsFormatStaysShut() throws IOException {
    byte[] format = new Disk(whole, true).read(CrashScenario.ROOT.resolve("format"));
    int id = new String(format, UTF_8).indexOf("id ");
    each(
        "/format",
        file -> {
          byte[] now = disk.info(file).isEmpty() ? new byte[0] : new Disk(disk, true).read(file);
          if (Arrays.mismatch(now, format) >= id) {
            assertServesAllBut(List.of());
            return;
          }
          assertThatThrownBy(this::reopen)
              .isInstanceOf(IOException.class)
              .hasMessageContaining(CrashScenario.ROOT.toString());
        });
  }
}
