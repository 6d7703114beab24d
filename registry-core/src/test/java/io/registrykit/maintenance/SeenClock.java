package io.registrykit.maintenance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock as one actor sees it, who remembers what time it was. */
final class SeenClock extends Clock {
  private final Clock clock;
  private final Turns.Actor actor;

  SeenClock(Clock clock, Turns.Actor actor) {
    this.clock = clock;
    this.actor = actor;
  }

  @Override
  public Instant instant() {
    Instant now = clock.instant();
    actor.saw("at " + now);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new SeenClock(clock.withZone(zone), actor);
  }
}
