package io.registrykit.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows those down who guess secrets. Safe for use by any number of threads; what it remembers is
 * bounded.
 *
 * <p>Failures are counted for an identity at an address, for an address, and for an identity
 * wherever it is tried from. Beyond a few, nothing is looked at for a while that doubles with each
 * further failure. The count for one pair is the strict one, so that a stranger hardly shuts out
 * the owner.
 */
public final class SignInThrottle {
  private static final int FREE_FOR_PAIR = 5;
  private static final int FREE_FOR_ADDRESS = 200;
  private static final int FREE_FOR_IDENTITY = 100;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Many callers share an address behind a proxy. */
  private static final Duration LONGEST_WAIT_OF_ADDRESS = Duration.ofSeconds(15);

  private static final Duration FORGET_AFTER = Duration.ofMinutes(15);
  private static final int MAX_REMEMBERED = 100_000;
  private static final int MAX_DOUBLINGS = 16;

  private final Cache<String, Failures> failures =
      Caffeine.newBuilder()
          .maximumSize(MAX_REMEMBERED)
          .expireAfterWrite(FORGET_AFTER)
          .executor(Runnable::run)
          .build();

  private final Clock clock;

  /**
   * A throttle that has seen nothing.
   *
   * @param clock what tells the time
   */
  public SignInThrottle(Clock clock) {
    this.clock = clock;
  }

  private record Failures(int count, Instant last, Instant blockedUntil) {}

  /**
   * Whether an attempt has to wait.
   *
   * @param identity the name that is tried, or null where none is
   * @param address where from, or null
   * @return how long, or empty when it may go on
   */
  public Optional<Duration> waitFor(@Nullable String identity, @Nullable String address) {
    Instant now = clock.instant();
    Instant until = now;
    for (String key : keys(identity, address)) {
      Failures known = failures.getIfPresent(key);
      if (known != null && known.blockedUntil().isAfter(until)) {
        until = known.blockedUntil();
      }
    }
    return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
  }

  /**
   * Notes a failure.
   *
   * @param identity the name that was tried, or null
   * @param address where from, or null
   */
  public void failed(@Nullable String identity, @Nullable String address) {
    note(at(address), FREE_FOR_ADDRESS, LONGEST_WAIT_OF_ADDRESS);
    if (identity != null) {
      note(pair(identity, address), FREE_FOR_PAIR, LONGEST_WAIT);
      note(who(identity), FREE_FOR_IDENTITY, LONGEST_WAIT);
    }
  }

  private static List<String> keys(@Nullable String identity, @Nullable String address) {
    return identity == null
        ? List.of(at(address))
        : List.of(at(address), pair(identity, address), who(identity));
  }

  private void note(String key, int free, Duration longest) {
    Instant now = clock.instant();
    failures
        .asMap()
        .compute(
            key,
            (any, known) -> {
              boolean fresh = known == null || known.last().plus(FORGET_AFTER).isBefore(now);
              int count = fresh || known == null ? 1 : known.count() + 1;
              return new Failures(count, now, now.plus(penalty(count - free, longest)));
            });
  }

  private static Duration penalty(int beyond, Duration longest) {
    if (beyond < 0) {
      return Duration.ZERO;
    }
    Duration wait = Duration.ofSeconds(1L << Math.min(beyond, MAX_DOUBLINGS));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /**
   * Notes a success, which makes up for earlier mistakes of the same identity at the same address.
   *
   * @param identity the name, or null
   * @param address where from, or null
   */
  public void succeeded(@Nullable String identity, @Nullable String address) {
    if (identity != null) {
      failures.invalidate(pair(identity, address));
    }
  }

  /** How much is remembered, after what is too much has gone. */
  long remembered() {
    failures.cleanUp();
    return failures.estimatedSize();
  }

  /** Names are hashed, because people type passwords into the wrong field, and for their length. */
  private static String pair(String identity, @Nullable String address) {
    return "p " + address + ' ' + Secrets.stamp(identity);
  }

  private static String at(@Nullable String address) {
    return "a " + address;
  }

  private static String who(String identity) {
    return "i " + Secrets.stamp(identity);
  }
}
