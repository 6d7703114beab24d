package io.registrykit.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets actors, each on a thread of its own, go on one at a time. Used by one thread. */
final class Turns implements AutoCloseable {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "actor");
            thread.setDaemon(true);
            return thread;
          });
  private static final long DEADLINE_SECONDS = 60;

  private final List<Actor> actors;

  /** The run is over before the actor is. */
  private static final class Abandoned extends Error {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super("abandoned", null, false, false);
    }
  }

  /** Somebody who acts, and stops before each call to the store. */
  static final class Actor {
    private final String name;
    private final Consumer<Actor> deeds;
    private final Semaphore mayGo = new Semaphore(0);
    private final Semaphore hasStopped = new Semaphore(0);
    private final List<String> history = new ArrayList<>();
    private int turns;
    private volatile boolean ended;
    private volatile boolean abandoned;
    private volatile @Nullable Throwable failure;

    Actor(String name, Consumer<Actor> deeds) {
      this.name = name;
      this.deeds = deeds;
    }

    /** Waits for a turn; called by the actor. */
    void stop() {
      hasStopped.release();
      awaitTurn();
    }

    /** Remembers what the actor has seen, which is all that it goes by. */
    void saw(String what) {
      history.add(what);
    }

    private void awaitTurn() {
      mayGo.acquireUninterruptibly();
      if (abandoned) {
        throw new Abandoned();
      }
    }

    private void act() {
      try {
        awaitTurn();
        deeds.accept(this);
      } catch (Abandoned e) {
        return;
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      ended = true;
      hasStopped.release();
    }
  }

  /** Starts the actors, each of which waits for its first turn. */
  Turns(List<Actor> actors) {
    this.actors = actors;
    actors.forEach(actor -> THREADS.execute(actor::act));
  }

  boolean hasEnded(int actor) {
    return actors.get(actor).ended;
  }

  /** What all have seen. */
  String histories() {
    StringBuilder all = new StringBuilder();
    actors.forEach(
        actor -> all.append(actor.name).append(actor.turns).append(actor.history).append('\n'));
    return all.toString();
  }

  /** Lets one go on to its next call or its end, and says what it saw. */
  String go(int number) {
    Actor actor = actors.get(number);
    int seen = actor.history.size();
    actor.turns++;
    actor.mayGo.release();
    try {
      if (!actor.hasStopped.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(actor.name + " does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Throwable failure = actor.failure;
    if (failure != null) {
      throw new AssertionError(actor.name + " failed", failure);
    }
    return actor.name + " " + actor.history.subList(seen, actor.history.size());
  }

  @Override
  public void close() {
    for (Actor actor : actors) {
      actor.abandoned = true;
      actor.mayGo.release();
    }
  }
}
