package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.StoredManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an opening after a crash reads, and what it leaves for later. */
class OpeningTest {
  private static final PageRequest ALL = new PageRequest(100, null);
  private static final RepositoryName APP = RepositoryName.parse("team/app");
  private static final RepositoryName OTHER = RepositoryName.parse("team/other");
  private static final Instant NOW = Instant.EPOCH;
  private static final Change HIDE =
      new Change.SetAttributes(null, new Attributes(true, true, true, false), null);

  private final CrashDisk disk = new CrashDisk(CrashScenario.ROOT, path -> true);
  private Engine engine;
  private Digest saved;
  private Digest logged;

  /** Both repositories have something in their files and something that only the log has. */
  @BeforeEach
  void dieWithALog() throws IOException {
    engine = CrashScenario.open(disk);
    saved = CrashScenario.pushRandom(engine, 1, 100);
    logged = CrashScenario.pushRandom(engine, 2, 100);
    commit(APP, new Change.LinkBlob(saved, 100));
    commit(OTHER, new Change.LinkBlob(saved, 100));
    engine.checkpoint();
    commit(APP, new Change.LinkBlob(logged, 100));
    commit(OTHER, new Change.LinkBlob(logged, 100));
  }

  private void commit(RepositoryName name, Change... changes) throws IOException {
    engine.repositories().commit(name, NOW, List.of(changes));
  }

  private void reopen() throws IOException {
    engine = CrashScenario.open(disk);
  }

  private List<RepositoryName> names() throws IOException {
    return engine.repositories().repositories(ALL).items();
  }

  @Test
  void readsNoRepository() throws IOException {
    List<String> read = new ArrayList<>();
    engine =
        CrashScenario.open(
            WatchedOps.of(
                disk,
                (call, path) -> {
                  String name = CrashScenario.ROOT.relativize(path).toString();
                  if (name.startsWith("repos/")) {
                    read.add(name);
                  }
                }));
    assertThat(names()).containsExactly(APP, OTHER);
    assertThat(read).isEmpty();
    assertThat(engine.repositories().blobLink(APP, logged)).isPresent();
    assertThat(read).isNotEmpty().allMatch(name -> name.startsWith("repos/team/app/"));
  }

  @Test
  void hasBothWhatTheFilesAndWhatTheLogSay() throws IOException {
    reopen();
    assertThat(engine.repositories().blobLink(APP, saved)).isPresent();
    assertThat(engine.repositories().blobLink(APP, logged)).isPresent();
    engine.checkpoint();
    reopen();
    assertThat(engine.repositories().blobLink(APP, logged)).isPresent();
    assertThat(engine.repositories().blobLink(OTHER, logged)).isPresent();
  }

  @Test
  void takesCommitsInARepositoryThatNobodyRead() throws IOException {
    reopen();
    commit(APP, new Change.UnlinkBlob(saved, false, null));
    reopen();
    assertThat(engine.repositories().blobLink(APP, saved)).isEmpty();
    assertThat(engine.repositories().blobLink(APP, logged)).isPresent();
  }

  @Test
  void aCheckpointWaitsForARepositoryThatTakesItsPart() throws IOException, InterruptedException {
    StoredManifest manifest = CrashScenario.manifest("one");
    commit(APP, new Change.PutManifest(manifest));
    List<Thread> checkpoints = new ArrayList<>();
    engine =
        CrashScenario.open(
            WatchedOps.of(
                disk,
                (call, path) -> {
                  if (checkpoints.isEmpty()
                      && path.toString().contains("team/app/_reg/manifests")) {
                    checkpoints.add(runUntilItWaits(() -> engine.checkpoint()));
                  }
                }));
    assertThat(engine.repositories().blobLink(APP, logged)).isPresent();
    assertThat(checkpoints).hasSize(1);
    checkpoints.get(0).join(Duration.ofMinutes(1).toMillis());
    reopen();
    assertThat(engine.repositories().blobLink(APP, logged)).isPresent();
    assertThat(engine.repositories().manifest(APP, manifest.raw().digest())).isPresent();
  }

  private static Thread runUntilItWaits(CrashScenario.Step work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    Set<Thread.State> still = Set.of(Thread.State.WAITING, Thread.State.TERMINATED);
    while (!still.contains(thread.getState())) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void aCheckTakesNothingForALeftoverThatTheLogIsAboutToDelete() throws IOException {
    StoredManifest manifest = CrashScenario.manifest("one");
    commit(APP, new Change.PutManifest(manifest));
    engine.checkpoint();
    commit(APP, new Change.DeleteManifest(manifest.raw().digest()));
    reopen();
    assertThat(findings()).isEmpty();
  }

  private List<Finding> findings() throws IOException {
    List<Finding> found = new ArrayList<>();
    engine.check(true, found::add);
    return found;
  }

  @Test
  void listsWhatIsThereAndNotHiddenBeforeAnybodyReadIt() throws IOException {
    RepositoryName late = RepositoryName.parse("late");
    commit(late, new Change.LinkBlob(logged, 100));
    commit(APP, HIDE);
    commit(OTHER, new Change.DeleteRepository());
    reopen();
    assertThat(names()).containsExactly(late, APP);
    assertThat(engine.repositories().listedRepositories(ALL).items()).containsExactly(late);
    assertThat(engine.repositories().repository(OTHER)).isEmpty();
  }

  @Test
  void forgetsEventsThatTheLogSaysAreSent() throws IOException {
    commit(APP, new Change.Publish(new EventRecord("sent", NOW, Bytes.utf8("event"))));
    commit(OTHER, new Change.Publish(new EventRecord("waits", NOW, Bytes.utf8("event"))));
    engine.repositories().acknowledgeEvents(APP, Set.of("sent"));
    reopen();
    assertThat(engine.repositories().pendingEvents(10))
        .extracting(pending -> pending.event().id())
        .containsExactly("waits");
    engine.checkpoint();
    reopen();
    assertThat(engine.repositories().pendingEvents(10)).hasSize(1);
  }
}
