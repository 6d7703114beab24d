package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.store.fs.CrashDisk.PowerCut;
import io.registrykit.store.fs.CrashDisk.Survival;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts the power again while a store recovers from a first cut, before every single call. */
class CrashRecoveryTest {
  /** One first cut of so many is tried: all of them, with 1, take some minutes. */
  private static final int STEP =
      Integer.getInteger("registrykit.crash.step", Boolean.getBoolean("registrykit.long") ? 8 : 16);

  private static boolean everySync(Path path) {
    return path.isAbsolute();
  }

  private static boolean noSync(Path path) {
    return !path.isAbsolute();
  }

  /**
   * How many second cuts there were, and what was wrong after the first of them that broke a law.
   */
  private record Result(long cuts, String failure) {}

  /** Cuts before one call of the first life, and then before each of the opening. */
  private static Result cutTwice(long first, Survival survival, Predicate<Path> syncs)
      throws IOException {
    CrashDisk disk = new CrashDisk(CrashScenario.ROOT, CrashRecoveryTest::everySync);
    disk.cutBefore(first);
    CrashTest.runUntilCut(disk);
    CrashDisk once = disk.afterPowerCut(survival);
    List<String> content = StoreContent.of(CrashScenario.open(once));
    CrashDisk counted = disk.afterPowerCut(survival);
    recover(counted);
    long calls = counted.calls();
    for (long second = 1; second <= calls + 1; second++) {
      CrashDisk cutAgain = disk.afterPowerCut(survival, syncs);
      cutAgain.cutBefore(second);
      try {
        recover(cutAgain);
      } catch (PowerCut expected) {
        assertThat(second).isLessThanOrEqualTo(calls);
      }
      String failure = look(cutAgain, survival, content);
      if (!failure.isEmpty()) {
        return new Result(
            second,
            survival + " before call " + first + ", then before " + second + ": " + failure);
      }
    }
    return new Result(calls + 1, "");
  }

  /** Until the log is not needed any more: what it says is not all redone at the opening. */
  private static void recover(CrashDisk disk) throws IOException {
    CrashScenario.open(disk).checkpoint();
  }

  private static String look(CrashDisk cutAgain, Survival survival, List<String> expected) {
    try {
      Engine engine = CrashScenario.open(cutAgain.afterPowerCut(survival));
      List<String> content = StoreContent.of(engine);
      engine.close();
      return content.equals(expected) ? "" : content + "\nis not " + expected;
    } catch (IOException | RuntimeException | AssertionError e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @EnumSource(Survival.class)
  void recoversWhereverThePowerGoesAgain(Survival survival) throws IOException {
    long calls = CrashTest.calls();
    long cuts = 0;
    for (long first = 1; first <= calls + 1; first += STEP) {
      Result result = cutTwice(first, survival, CrashRecoveryTest::everySync);
      assertThat(result.failure()).isEmpty();
      cuts += result.cuts();
    }
    System.out.println("crash points of recovery: " + cuts + " with " + survival);
    assertThat(cuts).isGreaterThan(100);
  }

  /** A test that a store passes which syncs nothing while it recovers would prove nothing. */
  @Test
  void seesARecoveryWithoutASync() throws IOException {
    long calls = CrashTest.calls();
    for (long first = calls + 1; first >= 1; first--) {
      for (Survival survival : Survival.values()) {
        if (!cutTwice(first, survival, CrashRecoveryTest::noSync).failure().isEmpty()) {
          return;
        }
      }
    }
    throw new AssertionError("nothing was lost");
  }
}
