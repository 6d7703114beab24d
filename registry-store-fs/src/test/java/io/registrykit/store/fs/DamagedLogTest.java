package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import io.registrykit.store.fs.CrashDisk.Survival;
import io.registrykit.store.fs.internal.files.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store died, and what its log had to tell is damaged or gone. */
class DamagedLogTest {
  private static final PageRequest ALL = new PageRequest(100, null);
  private static final RepositoryName SAVED = RepositoryName.parse("saved");
  private static final List<RepositoryName> LOGGED =
      IntStream.range(0, 5).mapToObj(i -> RepositoryName.parse("logged/" + i)).toList();
  private static final Path LOG = CrashScenario.ROOT.resolve("log");

  private final CrashDisk died = new CrashDisk(CrashScenario.ROOT, path -> true);
  private CrashDisk disk = died;
  private Path segment;
  private int end;

  /** Each repository but one is a record of the log, and nothing else. */
  @BeforeEach
  void dieWithALog() throws IOException {
    Engine engine = CrashScenario.open(died);
    commit(engine, SAVED);
    engine.checkpoint();
    for (RepositoryName name : LOGGED) {
      commit(engine, name);
    }
    segment = newestSegment();
    end = endOfLog();
  }

  private static void commit(Engine engine, RepositoryName name) throws IOException {
    engine
        .repositories()
        .commit(
            name,
            Instant.EPOCH,
            List.of(new Change.PutManifest(CrashScenario.manifest("of " + name))));
  }

  private Path newestSegment() throws IOException {
    List<Path> found = new ArrayList<>();
    died.list(LOG, found::add);
    found.removeIf(file -> !file.toString().endsWith(".log"));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** Room is made ahead of what is written. */
  private int endOfLog() throws IOException {
    byte[] bytes = new Disk(died, true).read(segment);
    int length = bytes.length;
    while (bytes[length - 1] == 0) {
      length--;
    }
    return length;
  }

  private List<Finding> repair() throws IOException {
    List<Finding> found = new ArrayList<>();
    Engine engine = CrashScenario.open(disk, true);
    engine.check(true, found::add);
    engine.close();
    return found;
  }

  private List<RepositoryName> names() throws IOException {
    Engine engine = CrashScenario.open(disk);
    List<RepositoryName> names = engine.repositories().repositories(ALL).items();
    for (RepositoryName name : names) {
      assertThat(StoreContent.of(engine, name)).hasSize(2);
    }
    List<Finding> found = new ArrayList<>();
    engine.check(true, found::add);
    assertThat(found).allMatch(finding -> finding.kind() == Finding.Kind.LEFTOVER);
    engine.close();
    return names;
  }

  /** What the last record had cannot be told from half a write. */
  @Test
  void aRecordIsLostAtMost() throws IOException {
    int refused = 0;
    for (int at = 0; at < end; at++) {
      disk = died.afterPowerCut(Survival.EVERYTHING);
      disk.flip(segment, at);
      byte[] damaged = new Disk(disk, true).read(segment);
      boolean open = true;
      try {
        CrashScenario.open(disk.afterPowerCut(Survival.EVERYTHING));
      } catch (IOException e) {
        open = false;
        refused++;
        assertThat(e).hasMessageContaining(segment + " is damaged at byte ");
        assertThat(repair())
            .filteredOn(finding -> finding.kind() != Finding.Kind.LEFTOVER)
            .extracting(Finding::kind, Finding::subject, Finding::repaired)
            .containsExactly(tuple(Finding.Kind.LOG_DAMAGED, "log/" + segment.getFileName(), true));
        Path kept = CrashScenario.ROOT.resolve("quarantine/log-" + segment.getFileName());
        assertThat(new Disk(disk, true).read(kept)).isEqualTo(damaged);
      }
      List<RepositoryName> names = names();
      assertThat(names).as("byte %s", at).contains(SAVED).hasSize(LOGGED.size());
      assertThat(open).isNotEqualTo(names.contains(LOGGED.get(LOGGED.size() - 1)));
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aSegmentIsMissing() throws IOException {
    disk.delete(segment);
    assertThatThrownBy(() -> CrashScenario.open(disk))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(segment + " is missing; a check that repairs");
    assertThat(repair()).extracting(Finding::kind).contains(Finding.Kind.LOG_DAMAGED);
    assertThat(names()).containsExactly(SAVED);
  }

  @Test
  void oneOfSeveralSegmentsIsMissing() throws IOException {
    Engine engine = CrashScenario.open(disk);
    commit(engine, RepositoryName.parse("later"));
    disk.delete(segment);
    assertThatThrownBy(() -> CrashScenario.open(disk))
        .hasMessageStartingWith(segment + " is missing");
    assertThat(repair()).extracting(Finding::kind).contains(Finding.Kind.LOG_DAMAGED);
    assertThat(names()).containsExactly(RepositoryName.parse("later"), SAVED);
  }
}
