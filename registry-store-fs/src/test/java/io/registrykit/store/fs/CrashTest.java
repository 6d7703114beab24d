package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.registrykit.store.fs.CrashDisk.PowerCut;
import io.registrykit.store.fs.CrashDisk.Survival;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cuts the power before every single call of the file system. */
class CrashTest {
  private static boolean everySync(Path path) {
    return path.isAbsolute();
  }

  /** What the store has after each number of steps. */
  static List<List<String>> truth() throws IOException {
    CrashScenario scenario =
        new CrashScenario(new CrashDisk(CrashScenario.ROOT, CrashTest::everySync));
    List<List<String>> contents = new ArrayList<>();
    contents.add(StoreContent.of(scenario.engine()));
    while (scenario.done() < scenario.steps().size() - 1) {
      scenario.runNext();
      contents.add(StoreContent.of(scenario.engine()));
    }
    contents.add(contents.get(contents.size() - 1));
    return contents;
  }

  /** Cuts before a call and looks at what is left; empty when all is well. */
  private static String cut(
      long call, Survival survival, Predicate<Path> syncs, List<List<String>> truth) {
    CrashDisk disk = new CrashDisk(CrashScenario.ROOT, syncs);
    disk.cutBefore(call);
    int done = runUntilCut(disk);
    String where = survival + " before call " + call + " in step " + done + ": ";
    try {
      CrashDisk back = disk.afterPowerCut(survival);
      Engine engine = CrashScenario.open(back);
      List<String> content = StoreContent.of(engine);
      List<String> before = truth.get(done);
      List<String> after = truth.get(Math.min(done + 1, truth.size() - 1));
      if (!content.equals(before) && !content.equals(after)) {
        return where + content + "\nis neither " + before + "\nnor " + after;
      }
      engine.close();
      Engine again = CrashScenario.open(back.afterPowerCut(Survival.NOTHING));
      if (!StoreContent.of(again).equals(content)) {
        return where + "the second opening finds something else";
      }
      List<Finding> findings = findings(again);
      return findings.isEmpty() ? "" : where + "a check finds " + findings;
    } catch (IOException | RuntimeException | AssertionError e) {
      return where + e;
    }
  }

  /** What a check finds, but for manifests that a push left which was not acknowledged. */
  private static List<Finding> findings(Engine engine) throws IOException {
    List<Finding> found = new ArrayList<>();
    engine.check(false, found::add);
    found.removeIf(finding -> finding.kind() == Finding.Kind.LEFTOVER);
    return found;
  }

  /** Lives until the power goes; returns how many steps were acknowledged. */
  static int runUntilCut(CrashDisk disk) {
    CrashScenario scenario;
    try {
      scenario = new CrashScenario(disk);
    } catch (IOException | PowerCut e) {
      return 0;
    }
    try {
      scenario.runAll();
    } catch (IOException | RuntimeException e) {
      return scenario.done();
    }
    return scenario.done();
  }

  /** How many calls a whole life makes. */
  static long calls() throws IOException {
    CrashDisk disk = new CrashDisk(CrashScenario.ROOT, CrashTest::everySync);
    new CrashScenario(disk).runAll();
    return disk.calls();
  }

  @ParameterizedTest
  @EnumSource(Survival.class)
  void losesNothingAcknowledgedWhereverThePowerGoes(Survival survival) throws IOException {
    List<List<String>> truth = truth();
    long calls = calls();
    assertThat(calls).isGreaterThan(300);
    for (long call = 1; call <= calls + 1; call++) {
      String failure = cut(call, survival, CrashTest::everySync, truth);
      if (!failure.isEmpty()) {
        fail(failure);
      }
    }
    System.out.println("crash points: " + (calls + 1) + " with " + survival);
  }

  /**
   * Takes out the syncs of one kind of file or directory, and expects that the laws break: a test
   * that passes without them would prove nothing.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "log/[0-9]+[.]log",
        "log",
        "log/checkpoint[.]tmp",
        "catalog",
        "uploads",
        "uploads/.*[.]data",
        "pool/sha256",
        "pool/sha256/..",
        "pool/sha256/../.*",
        "repos",
        "repos/a",
        "repos/a/_reg",
        "repos/a/_reg/journal",
        "repos/a/_reg/snapshot[.]tmp",
        "repos/a/_reg/manifests/sha256",
        "repos/a/_reg/manifests/sha256/.*",
        ""
      })
  void seesEverySyncThatIsMissing(String pattern) throws IOException {
    Predicate<Path> syncs =
        path -> {
          String name = CrashScenario.ROOT.relativize(path).toString();
          return !name.replace('\\', '/').matches(pattern);
        };
    List<List<String>> truth = truth();
    long calls = calls();
    for (Survival survival : Survival.values()) {
      for (long call = calls + 1; call >= 1; call--) {
        if (!cut(call, survival, syncs, truth).isEmpty()) {
          return;
        }
      }
    }
    fail("nothing was lost without the sync of " + pattern);
  }
}
