package io.registrykit.spi.tck;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The law that a store does what plain maps do, in long random sequences. */
abstract class ModelLaws extends StoreLaws {
  private static final int SEQUENCES = 12;
  private static final int STEPS = 250;

  @RepeatedTest(SEQUENCES)
  void doesWhatPlainMapsDo(RepetitionInfo repetition) throws Exception {
    long seed = RandomOperations.firstSeed() + repetition.getCurrentRepetition() - 1;
    RandomOperations operations =
        new RandomOperations(seed, store, ReferenceModel.withClock(harness.clock()), harness);
    for (int step = 0; step < STEPS; step++) {
      operations.step();
    }
    operations.compareAll();
  }
}
