package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.store.fs.CrashDisk.PowerCut;
import io.registrykit.store.fs.CrashDisk.Survival;
import io.registrykit.store.fs.internal.files.FileOps;
import io.registrykit.store.fs.internal.names.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that died goes on, though two of its repositories cannot be read. */
class DamagedRepositoryTest {
  private static final PageRequest ALL = new PageRequest(100, null);
  private static final RepositoryName DAMAGED = RepositoryName.parse("damaged");
  private static final RepositoryName FRESH = RepositoryName.parse("damaged/fresh");
  private static final RepositoryName OTHER = RepositoryName.parse("other");
  private static final Instant NOW = Instant.EPOCH;
  @RegisterExtension static final SilentLogger LOGGER = new SilentLogger(Names.class.getName());

  private final StoredManifest early = CrashScenario.manifest("early");
  private final StoredManifest late = CrashScenario.manifest("late");
  private final CrashDisk disk = new CrashDisk(CrashScenario.ROOT, path -> true);
  private Engine engine;
  private Digest blob;

  /** One has something in its files and something in the log, the other all in the log. */
  @BeforeEach
  void dieWithALog() throws IOException {
    engine = CrashScenario.open(disk);
    blob = CrashScenario.pushRandom(engine, 1, 100);
    commit(DAMAGED, new Change.LinkBlob(blob, 100), new Change.PutManifest(early));
    commit(OTHER, new Change.LinkBlob(blob, 100));
    engine.checkpoint();
    Change tag = new Change.SetTag(Tag.parse("late"), late.raw().digest(), Expected.anything());
    commit(DAMAGED, new Change.DeleteManifest(early.raw().digest()));
    commit(DAMAGED, new Change.PutManifest(late), tag);
    commit(FRESH, new Change.PutManifest(late), tag, publish("damaged"));
    commit(OTHER, publish("other"));
  }

  private void commit(RepositoryName name, Change... changes) throws IOException {
    engine.repositories().commit(name, NOW, List.of(changes));
  }

  private static Change publish(String id) {
    return new Change.Publish(new EventRecord(id, NOW, Bytes.utf8("event")));
  }

  private static boolean isDamaged(Path path) {
    return path.toString().contains("damaged")
        && Set.of("journal", "snapshot").contains(String.valueOf(path.getFileName()));
  }

  private static FileOps damaged(FileOps disk) {
    return WatchedOps.of(
        disk,
        (call, path) -> {
          if (call.equals("openForRead") && isDamaged(path)) {
            throw new IOException("Input/output error");
          }
        });
  }

  private List<String> eventIds() throws IOException {
    return engine.repositories().pendingEvents(10).stream()
        .map(pending -> pending.event().id())
        .toList();
  }

  @Test
  void theOthersAreServed() throws IOException {
    engine = CrashScenario.open(damaged(disk));
    assertThat(engine.repositories().repositories(ALL).items())
        .containsExactly(DAMAGED, FRESH, OTHER);
    assertThatThrownBy(() -> engine.repositories().repository(DAMAGED))
        .isInstanceOf(IOException.class)
        .hasMessage("Input/output error");
    assertThat(eventIds()).containsExactly("other");
    engine.checkpoint();
    engine.checkpoint();
    commit(OTHER, new Change.PutManifest(late));
    assertThatThrownBy(() -> commit(DAMAGED, new Change.PutManifest(early)))
        .isInstanceOf(IOException.class);
    assertThat(engine.health().failed()).isFalse();
  }

  @Test
  void hasAllWhenItCanBeReadAgain() throws IOException {
    List<String> expected = content(disk);
    engine = CrashScenario.open(damaged(disk));
    engine.checkpoint();
    engine = CrashScenario.open(damaged(disk));
    engine.checkpoint();
    assertThat(content(disk)).isEqualTo(expected);
    engine.checkpoint();
    assertThat(content(disk)).isEqualTo(expected);
    assertThat(disk.info(held(DAMAGED))).isEmpty();
    assertThat(disk.info(held(FRESH))).isEmpty();
  }

  private static Path held(RepositoryName name) {
    return file(name, "held");
  }

  private List<String> content(FileOps ops) throws IOException {
    engine = CrashScenario.open(ops);
    return StoreContent.of(engine);
  }

  @Test
  void canBeReadAgainWhileTheStoreIsOpen() throws IOException {
    List<String> expected = content(disk.afterPowerCut(Survival.EVERYTHING));
    List<String> broken = new ArrayList<>(List.of("still"));
    engine =
        CrashScenario.open(
            WatchedOps.of(
                disk,
                (call, path) -> {
                  if (!broken.isEmpty() && call.equals("openForRead") && isDamaged(path)) {
                    throw new IOException("Input/output error");
                  }
                }));
    engine.checkpoint();
    broken.clear();
    assertThat(StoreContent.of(engine)).isEqualTo(expected);
    engine.checkpoint();
    assertThat(disk.info(held(DAMAGED))).isEmpty();
    assertThat(content(disk)).isEqualTo(expected);
  }

  @Test
  void nothingIsCommittedTwice() throws IOException {
    Path checkpoint = CrashScenario.ROOT.resolve("log/checkpoint");
    FileOps withoutCheckpoint =
        WatchedOps.of(
            damaged(disk),
            (call, path) -> {
              if (call.equals("create")
                  && path.equals(checkpoint.resolveSibling("checkpoint.tmp"))) {
                throw new IOException("Input/output error");
              }
            });
    List<Long> lengths = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      engine = CrashScenario.open(withoutCheckpoint);
      assertThatThrownBy(engine::checkpoint).isInstanceOf(IOException.class);
      lengths.add(disk.info(held(DAMAGED)).orElseThrow().size());
    }
    engine = CrashScenario.open(damaged(disk));
    engine.checkpoint();
    lengths.add(disk.info(held(DAMAGED)).orElseThrow().size());
    assertThat(lengths).containsOnly(lengths.get(0));
  }

  @Test
  void aCheckMendsTheOthers() throws IOException {
    engine = CrashScenario.open(damaged(disk));
    disk.delete(CrashScenario.ROOT.resolve("repos/other/_oci/index.json"));
    check(Finding.Kind.REPOSITORY_UNREADABLE, Finding.Kind.REPOSITORY_UNREADABLE);
    engine.checkpoint();
    assertThat(disk.info(CrashScenario.ROOT.resolve("repos/other/_oci/index.json"))).isPresent();
  }

  /** Opens twice with the damage and then without it, and cuts the power before a call. */
  private String cut(long call, Survival survival, Predicate<Path> syncs, List<String> expected)
      throws IOException {
    CrashDisk cut = disk.afterPowerCut(Survival.EVERYTHING, syncs);
    cut.cutBefore(call);
    try {
      live(cut);
    } catch (PowerCut expectedCut) {
      assertThat(call).isPositive();
    }
    try {
      CrashDisk later = cut.afterPowerCut(survival, path -> true);
      List<String> content = content(later);
      engine.checkpoint();
      if (!content.equals(expected) || !content(later).equals(expected)) {
        return survival + " before call " + call + ": " + content + " is not " + expected;
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      return survival + " before call " + call + ": " + e;
    }
    return "";
  }

  private static void live(CrashDisk disk) throws IOException {
    CrashScenario.open(damaged(disk)).checkpoint();
    CrashScenario.open(damaged(disk)).checkpoint();
    Engine healthy = CrashScenario.open(disk);
    healthy.checkpoint();
    healthy.close();
  }

  private long calls() throws IOException {
    CrashDisk counted = disk.afterPowerCut(Survival.EVERYTHING);
    live(counted);
    return counted.calls();
  }

  @ParameterizedTest
  @EnumSource(Survival.class)
  void losesNothingWhereverThePowerGoes(Survival survival) throws IOException {
    List<String> expected = content(disk.afterPowerCut(Survival.EVERYTHING));
    long calls = calls();
    assertThat(calls).isGreaterThan(100);
    for (long call = 1; call <= calls + 1; call++) {
      assertThat(cut(call, survival, path -> true, expected)).isEmpty();
    }
  }

  /** Each of the syncs that keep what is held counts. */
  @ParameterizedTest
  @EnumSource(Unsynced.class)
  void seesASyncThatIsMissing(Unsynced unsynced) throws IOException {
    List<String> expected = content(disk.afterPowerCut(Survival.EVERYTHING));
    long calls = calls();
    for (long call = 1; call <= calls + 1; call++) {
      for (Survival survival : Survival.values()) {
        if (!cut(call, survival, path -> !unsynced.concerns(path), expected).isEmpty()) {
          return;
        }
      }
    }
    throw new AssertionError("nothing was lost");
  }

  /** Makes the files of {@link #OTHER} a snapshot and a journal. */
  private void grow() throws IOException {
    engine = CrashScenario.open(disk);
    for (int i = 0; disk.info(file(OTHER, "snapshot")).isEmpty(); i++) {
      commit(OTHER, publish("long".repeat(5_000) + i));
      engine.checkpoint();
      assertThat(i).isLessThan(100);
    }
    engine.repositories().acknowledgeEvents(OTHER, Set.copyOf(eventIds()));
    commit(OTHER, new Change.PutManifest(late));
    engine.checkpoint();
  }

  private static Path file(RepositoryName name, String file) {
    return CrashScenario.ROOT.resolve("repos/" + name + "/_reg/" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot", "journal"})
  void saysWhichFileIsMissing(String missing) throws IOException {
    grow();
    Path gone = file(OTHER, missing);
    disk.delete(gone);
    engine = CrashScenario.open(disk);
    assertThatThrownBy(() -> engine.repositories().repository(OTHER))
        .isInstanceOf(IOException.class)
        .hasMessage(gone + " is missing");
    assertThat(engine.repositories().repository(DAMAGED)).isPresent();
    check(Finding.Kind.REPOSITORY_UNREADABLE);
    assertThat(disk.info(file(OTHER, "manifests/sha256/" + late.raw().digest().hex()))).isPresent();
  }

  @Test
  void aCheckKeepsWhatIsLeftOfARepositoryWhoseFilesAreMissing() throws IOException {
    engine = CrashScenario.open(disk);
    engine.checkpoint();
    disk.delete(file(DAMAGED, "journal"));
    engine = CrashScenario.open(disk);
    assertThatThrownBy(() -> engine.repositories().repository(DAMAGED))
        .isInstanceOf(IOException.class)
        .hasMessage(file(DAMAGED, "journal") + " is missing");
    check(Finding.Kind.REPOSITORY_UNREADABLE);
    assertThat(disk.info(file(DAMAGED, "manifests/sha256/" + late.raw().digest().hex())))
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource(Survival.class)
  void removesARepositoryWhereverThePowerGoes(Survival survival) throws IOException {
    grow();
    commit(OTHER, new Change.DeleteRepository());
    CrashDisk counted = disk.afterPowerCut(Survival.EVERYTHING);
    removeAll(counted);
    for (long call = 1; call <= counted.calls(); call++) {
      CrashDisk cut = disk.afterPowerCut(Survival.EVERYTHING);
      cut.cutBefore(call);
      assertThatThrownBy(() -> removeAll(cut)).isInstanceOf(PowerCut.class);
      engine = CrashScenario.open(cut.afterPowerCut(survival));
      assertThat(engine.repositories().repository(OTHER)).as("call %s", call).isEmpty();
      check();
    }
  }

  private static void removeAll(CrashDisk disk) throws IOException {
    Engine engine = CrashScenario.open(disk);
    engine.checkpoint();
    engine.checkpoint();
  }

  private void check(Finding.Kind... expected) throws IOException {
    List<Finding> found = new ArrayList<>();
    engine.check(true, found::add);
    assertThat(found).as("%s", found).extracting(Finding::kind).containsExactly(expected);
  }

  enum Unsynced {
    FILE("held.tmp"),
    FOLDER("_reg");

    private final String name;

    Unsynced(String name) {
      this.name = name;
    }

    boolean concerns(Path path) {
      return path.endsWith(name);
    }
  }
}
