package io.registrykit.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.error.BackendException;
import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.RepositoryName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A push that takes longer between two calls than the grace, or whose clock jumps. */
class SlowPushTest {
  private static final int MORE_CALLS_THAN_A_PUSH_HAS = 20;

  @Test
  void isRefusedRatherThanLeftWithoutItsBlob() {
    List<Boolean> taken = new ArrayList<>();
    for (int call = 1; call <= MORE_CALLS_THAN_A_PUSH_HAS; call++) {
      taken.add(isTakenWithCollectionBefore(call));
    }
    assertThat(taken).contains(true, false);
  }

  private static boolean isTakenWithCollectionBefore(int call) {
    TestRegistry setup = new TestRegistry();
    AtomicInteger calls = new AtomicInteger();
    Runnable collectLate =
        () -> {
          if (calls.incrementAndGet() == call) {
            setup.clock.advance(Duration.ofDays(2));
            GarbageCollector.builder(setup.store).clock(setup.clock).build().collect();
          }
        };
    EmbeddedRegistry slow =
        EmbeddedRegistry.builder()
            .store(new InterleavedStore(setup.store, collectLate, Mutant.NONE).asStore())
            .clock(setup.clock)
            .build();
    try {
      TestRegistry.pushBlob(slow.repository(RepositoryName.parse("team/app")), "layer");
    } catch (BackendException e) {
      return false;
    }
    assertThat(setup.repository("team/app").blobSize(TestRegistry.digest("layer")))
        .as("collected before call %d", call)
        .hasValue("layer".length());
    return true;
  }
}
