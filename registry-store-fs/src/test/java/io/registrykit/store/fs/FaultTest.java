package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.registrykit.error.BackendException;
import io.registrykit.error.LimitException;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Digest;
import io.registrykit.store.fs.CrashDisk.Survival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lets every single call of the file system fail once. */
class FaultTest {
  private static final String FULL = "No space left on device";
  private static final String BROKEN = "Input/output error";

  private static CrashDisk disk() {
    return new CrashDisk(CrashScenario.ROOT, path -> true);
  }

  private static long calls() throws IOException {
    CrashDisk disk = disk();
    new CrashScenario(disk).runAll();
    return disk.calls();
  }

  @ParameterizedTest
  @ValueSource(strings = {FULL, BROKEN})
  void survivesEveryCallThatFailsOnce(String message) throws IOException {
    List<List<String>> truth = CrashTest.truth();
    long calls = calls();
    for (long call = 1; call <= calls; call++) {
      String failure = failOnce(call, message, truth);
      if (!failure.isEmpty()) {
        fail(message + " at call " + call + ": " + failure);
      }
    }
    System.out.println("calls that failed once: " + calls + " with " + message);
  }

  private static String failOnce(long failing, String message, List<List<String>> truth) {
    CrashDisk disk = disk();
    disk.failing(call -> call == failing ? new IOException(message) : null);
    CrashScenario scenario = start(disk);
    try {
      scenario.runAll();
      return "";
    } catch (IOException | RegistryException e) {
      String live = look(scenario, truth);
      return live.isEmpty() ? reopen(disk, scenario, truth) : "while open: " + live;
    } catch (RuntimeException e) {
      return "step " + scenario.done() + ": " + e;
    }
  }

  private static CrashScenario start(CrashDisk disk) {
    try {
      try {
        return new CrashScenario(disk);
      } catch (IOException | RegistryException e) {
        return new CrashScenario(disk);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the second opening fails", e);
    }
  }

  /** Reads go on, and see what was acknowledged; a step that failed at closing ended the store. */
  private static String look(CrashScenario scenario, List<List<String>> truth) {
    if (scenario.engine().health().closed()) {
      return "";
    }
    try {
      return check(StoreContent.of(scenario.engine()), scenario.done(), truth);
    } catch (IOException | RuntimeException | AssertionError e) {
      return e.toString();
    }
  }

  private static String reopen(CrashDisk disk, CrashScenario scenario, List<List<String>> truth) {
    CrashDisk back = disk.afterPowerCut(Survival.EVERYTHING);
    try {
      Engine engine = CrashScenario.open(back);
      String found = check(StoreContent.of(engine), scenario.done(), truth);
      engine.close();
      return found;
    } catch (IOException | RuntimeException | AssertionError e) {
      return "after reopening: " + e;
    }
  }

  private static String check(List<String> content, int done, List<List<String>> truth) {
    List<String> before = truth.get(done);
    List<String> after = truth.get(Math.min(done + 1, truth.size() - 1));
    return content.equals(before) || content.equals(after)
        ? ""
        : "in step " + done + ": " + content + "\nis neither " + before + "\nnor " + after;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 7, 8})
  void goesOnWhenTheDiskHasRoomAgain(int steps) throws IOException {
    CrashDisk disk = disk();
    CrashScenario scenario = new CrashScenario(disk);
    while (scenario.done() < steps) {
      scenario.runNext();
    }
    disk.failing(call -> new IOException(FULL));
    assertThatThrownBy(scenario::runNext).isInstanceOf(Exception.class);
    disk.failing(call -> null);
    assertThat(scenario.engine().health().failed()).isFalse();
    scenario.runAll();
    Engine engine = CrashScenario.open(disk);
    List<List<String>> truth = CrashTest.truth();
    assertThat(StoreContent.of(engine)).isEqualTo(truth.get(truth.size() - 1));
  }

  @Test
  void isReadOnlyAfterASyncThatFailed() throws IOException {
    CrashDisk disk = disk();
    CrashScenario scenario = new CrashScenario(disk);
    scenario.runNext();
    List<String> before = StoreContent.of(scenario.engine());
    disk.failingSyncs(new IOException(BROKEN));
    assertThatThrownBy(scenario::runNext).isInstanceOf(IOException.class);
    disk.failingSyncs(null);
    assertThatThrownBy(scenario::runNext)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("read-only")
        .hasMessageContaining(BROKEN);
    assertThat(StoreContent.of(scenario.engine())).isEqualTo(before);
  }

  @Test
  void deletesOnADiskThatIsFullAndThenGoesOn() throws IOException {
    CrashDisk disk = disk();
    Engine engine = CrashScenario.open(disk);
    List<Digest> digests = new ArrayList<>();
    disk.room(300_000);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                digests.add(CrashScenario.pushRandom(engine, i, 20_000));
              }
            })
        .isInstanceOf(LimitException.class);
    assertThat(digests).isNotEmpty();
    disk.room(0);
    List<String> full = StoreContent.of(engine);
    assertThat(engine.blobs().deleteIfUntouchedSince(digests.get(0), Instant.MAX)).isTrue();
    assertThat(StoreContent.of(engine)).isNotEqualTo(full);
    assertThat(engine.blobs().size(digests.get(0))).isEmpty();
    CrashScenario.pushRandom(engine, 1000, 20_000);
    engine.close();
    assertThat(StoreContent.of(CrashScenario.open(disk))).hasSize(1);
  }

  @Test
  void triesOfACheckpointOnAFullDiskLeaveNothing() throws IOException {
    CrashDisk disk = disk();
    Engine engine = CrashScenario.open(disk);
    CrashScenario.pushRandom(engine, 1, 20_000);
    List<String> before = StoreContent.of(engine);
    disk.room(0);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(engine::checkpoint).isInstanceOf(LimitException.class);
    }
    assertThat(segments(disk)).hasSize(2);
    assertThat(StoreContent.of(CrashScenario.open(disk.afterPowerCut(Survival.EVERYTHING))))
        .isEqualTo(before);
    disk.room(10_000_000);
    engine.checkpoint();
    assertThat(segments(disk)).hasSize(1);
    CrashScenario.pushRandom(engine, 2, 20_000);
    List<String> after = StoreContent.of(engine);
    disk = disk.afterPowerCut(Survival.NOTHING);
    assertThat(StoreContent.of(CrashScenario.open(disk))).isEqualTo(after);
  }

  private static List<Path> segments(CrashDisk disk) throws IOException {
    List<Path> files = new ArrayList<>();
    disk.list(CrashScenario.ROOT.resolve("log"), files::add);
    files.removeIf(file -> !file.toString().endsWith(".log"));
    return files;
  }
}
