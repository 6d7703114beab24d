package io.registrykit.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs many random histories, and shows that they would find each mistake. A history that fails is
 * run again by its seed.
 */
class CollectionModelTest {
  private static final int HISTORIES = 60;

  @Test
  void noHistoryLosesAnythingOrKeepsGarbage() throws IOException {
    for (long seed = 0; seed < HISTORIES; seed++) {
      try {
        new CollectionSimulation(seed, Mutant.NONE).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("history with seed " + seed, e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORES_TOUCH", "IGNORES_NEW_MANIFESTS", "IGNORES_NEW_TAGS"})
  void everyMistakeIsFound(Mutant mutant) throws IOException {
    long seed = 0;
    int found = 0;
    for (; seed < HISTORIES && found == 0; seed++) {
      try {
        new CollectionSimulation(seed, mutant).run();
      } catch (AssertionError | RuntimeException e) {
        found++;
      }
    }
    assertThat(found).as("histories that %s breaks", mutant).isPositive();
  }
}
