package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pushes and pulls through everything that can go wrong on the way. A seed decides about content,
 * options and failures; a failing one is in the message, and {@code -Dregistrykit.seed=N} replays
 * it. {@code -Dregistrykit.seeds=N} says how many to try: 300 without that, 2,000 with {@code
 * -Dregistrykit.long=true}.
 */
class FaultTest {
  /** What the registry thinks of broken connections is no news here. */
  private static final Logger ENGINE = Logger.getLogger("io.registrykit.internal.engine");

  private static final System.Logger LOG = System.getLogger("FaultTest");

  @BeforeAll
  static void hush() {
    ENGINE.setLevel(Level.OFF);
  }

  @Test
  void everySeedEndsInTheExactBytesOrInATypedError() throws Exception {
    Long only = Long.getLong("registrykit.seed");
    int usual = Boolean.getBoolean("registrykit.long") ? 2000 : 300;
    int count = Integer.getInteger("registrykit.seeds", usual);
    LongStream seeds = only != null ? LongStream.of(only) : LongStream.range(0, count);
    int pushed = 0;
    int tried = 0;
    for (long seed : seeds.toArray()) {
      tried++;
      pushed += new FaultRun(seed, Mutant.NONE).succeeds() ? 1 : 0;
    }
    LOG.log(System.Logger.Level.INFO, pushed + " of " + tried + " seeds pushed and pulled");
    if (only == null) {
      assertThat(pushed).isGreaterThan(count / 2);
    }
  }

  /**
   * The checks above are worth something only if a client that is wrong does not pass them. A seed
   * counts when it catches the client twice, and lets the right one through.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void someSeedCatchesAClientThatIsWrong(Mutant mutant) throws Exception {
    OptionalLong seed =
        LongStream.range(0, 400)
            .filter(one -> catches(one, mutant))
            .filter(one -> catches(one, mutant))
            .findFirst();
    assertThat(seed).as("a seed that catches " + mutant).isPresent();
    LOG.log(System.Logger.Level.INFO, mutant + " is caught by seed " + seed.getAsLong());
    assertThat(catches(seed.getAsLong(), Mutant.NONE)).isFalse();
  }

  private static boolean catches(long seed, Mutant mutant) {
    try {
      new FaultRun(seed, mutant).succeeds();
      return false;
    } catch (AssertionError e) {
      assertThat(e).hasMessageContaining("-Dregistrykit.seed=" + seed);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
