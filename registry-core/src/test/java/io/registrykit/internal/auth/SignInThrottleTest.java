package io.registrykit.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.internal.embedded.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Failures slow down whoever makes them, and for a while only. */
class SignInThrottleTest {
  private final MovableClock clock = new MovableClock();
  private final SignInThrottle throttle = new SignInThrottle(clock);

  private void fail(int times, String identity, String address) {
    for (int i = 0; i < times; i++) {
      throttle.failed(identity, address);
    }
  }

  private Duration wait(String identity, String address) {
    return throttle.waitFor(identity, address).orElse(Duration.ZERO);
  }

  @Test
  void theWaitDoublesAndIsBounded() {
    fail(4, "ann", "a");
    assertThat(wait("ann", "a")).isZero();
    fail(1, "ann", "a");
    assertThat(wait("ann", "a")).isEqualTo(Duration.ofSeconds(1));
    fail(1, "ann", "a");
    assertThat(wait("ann", "a")).isEqualTo(Duration.ofSeconds(2));
    fail(60, "ann", "a");
    assertThat(wait("ann", "a")).isEqualTo(Duration.ofMinutes(5));
    assertThat(wait("ann", "b")).isZero();
    assertThat(wait("bob", "a")).isZero();
    clock.advance(Duration.ofMinutes(5));
    assertThat(wait("ann", "a")).isZero();
  }

  @Test
  void anAddressIsSlowedWhateverNamesItTries() {
    for (int i = 0; i < 199; i++) {
      fail(1, "name " + i, "a");
    }
    assertThat(wait("fresh", "a")).isZero();
    fail(2, "one more", "a");

    assertThat(wait("fresh", "a")).isPositive();
    assertThat(wait("fresh", "b")).isZero();
    fail(100, "one more", "a");
    assertThat(wait("fresh", "a")).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void aNameIsSlowedWhereverItIsTriedFrom() {
    for (int i = 0; i < 101; i++) {
      fail(1, "ann", "address " + i);
    }

    assertThat(wait("ann", "fresh")).isPositive();
    assertThat(wait("bob", "fresh")).isZero();
  }

  @Test
  void successMakesUpForMistakes() {
    fail(4, "ann", "a");
    throttle.succeeded("ann", "a");
    fail(4, "ann", "a");
    assertThat(wait("ann", "a")).isZero();
  }

  @Test
  void mistakesAreForgotten() {
    fail(4, "ann", "a");
    clock.advance(Duration.ofMinutes(16));
    fail(1, "ann", "a");
    assertThat(wait("ann", "a")).isZero();
  }

  /** What strangers make up does not fill the memory: names beyond the bound push others out. */
  @Test
  void whatIsRememberedIsBounded() {
    for (int i = 0; i < 150_000; i++) {
      throttle.failed("name " + i, "a");
    }
    assertThat(throttle.remembered()).isLessThanOrEqualTo(100_000);
  }
}
