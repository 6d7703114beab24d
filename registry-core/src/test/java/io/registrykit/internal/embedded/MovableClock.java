package io.registrykit.internal.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to go on. Thread-safe. */
public final class MovableClock extends Clock {
  private Instant now;

  /** A clock that shows midnight of a new year. */
  public MovableClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** A clock that shows the given time. */
  public MovableClock(Instant now) {
    this.now = now;
  }

  /** Lets time pass. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
