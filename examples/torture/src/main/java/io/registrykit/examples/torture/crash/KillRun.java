package io.registrykit.examples.torture.crash;

import io.registrykit.examples.torture.oracle.Audit;
import io.registrykit.examples.torture.oracle.Item;
import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Kills a server again and again under people who push, and looks after each restart whether it has
 * what it acknowledged. Used by one thread.
 */
public final class KillRun {
  private static final int PUSHERS = 8;
  private static final int MIN_MILLIS = 5;
  private static final int MAX_MILLIS = 1000;

  /** One life in so many is long enough for a checkpoint of the store to run meanwhile. */
  private static final int LONG_LIFE_EVERY = 10;

  private static final int MAX_LONG_MILLIS = 8000;
  private static final int LOOK_MILLIS = 2;
  private static final long MOST_BEFORE_WRITE = TimeUnit.SECONDS.toNanos(30);
  private static final int SAMPLE = 100;
  private static final int FULL_AUDIT_EVERY = 50;

  private final List<Servers> servers;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final List<Pusher> pushers = new ArrayList<>();
  private final StartUps startUps = new StartUps();
  private long audited;
  private boolean collected;

  /** A way to start a server. */
  public interface Servers {
    /** Starts a server on the folder of the run. */
    ServerProcess start() throws IOException;

    /** Whether the server may delete blobs without a manifest at any time. */
    default boolean collects() {
      return false;
    }
  }

  /**
   * What came of a run.
   *
   * @param audited how many items were read back
   * @param resumed how many uploads went on after a kill
   * @param starved how many pushes lost against the collector each time, and were given up
   * @param startUps how long starts took, in lines of figures
   * @param violations what was lost, torn or dangling
   */
  public record Report(
      int kills,
      long acknowledged,
      long audited,
      long resumed,
      long starved,
      List<String> startUps,
      List<String> violations) {
    /** One line of figures. */
    public String summary() {
      return "%,d kills, %,d writes acknowledged, %,d items read back, %,d uploads resumed, %,d pushes given up, %,d violations"
          .formatted(kills, acknowledged, audited, resumed, starved, violations.size());
    }
  }

  /**
   * A run.
   *
   * @param servers take turns
   * @param seed what the people do and when the kills come; the threads of the server do the rest
   */
  public KillRun(List<Servers> servers, long seed) {
    this.servers = List.copyOf(servers);
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < PUSHERS; i++) {
      pushers.add(new Pusher(i, PUSHERS, ledger, random.split()));
    }
  }

  /**
   * Kills, until there were enough kills, there is no more time, or something is broken.
   *
   * @param kills the most kills
   * @param within the most time, without the last audit
   */
  public Report run(int kills, Duration within) throws IOException, InterruptedException {
    return run(kills, within, done -> {});
  }

  /**
   * The same.
   *
   * @param progress told after each kill how many there were
   */
  public Report run(int kills, Duration within, IntConsumer progress)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    int done = 0;
    while (done < kills && System.nanoTime() < deadline && ledger.violations().isEmpty()) {
      round(servers.get(done % servers.size()), done);
      done++;
      progress.accept(done);
    }
    Servers last = servers.get(done % servers.size());
    try (ServerProcess server = start(last)) {
      audit(server, last, ledger.registers().keySet());
    }
    return new Report(
        done,
        ledger.acknowledgedWrites(),
        audited,
        pushers.stream().mapToLong(Pusher::resumed).sum(),
        ledger.starvedPushes(),
        startUps.lines(),
        List.copyOf(ledger.violations()));
  }

  private ServerProcess start(Servers next) throws IOException {
    ServerProcess server = next.start();
    startUps.add(server.startUp());
    return server;
  }

  private void round(Servers next, int number) throws IOException, InterruptedException {
    ServerProcess server = start(next);
    ExecutorService threads = Executors.newFixedThreadPool(PUSHERS);
    try {
      audit(server, next, number % FULL_AUDIT_EVERY == 0 ? everything() : changed());
      for (Pusher pusher : pushers) {
        threads.execute(() -> pusher.work(server.wire(), next.collects()));
      }
      threads.shutdown();
      waitForWrite();
      int most = random.nextInt(LONG_LIFE_EVERY) == 0 ? MAX_LONG_MILLIS : MAX_MILLIS;
      TimeUnit.MILLISECONDS.sleep(random.nextInt(MIN_MILLIS, most));
    } finally {
      server.kill();
      threads.shutdown();
    }
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("a pusher hangs though its server is dead");
    }
  }

  /** A server that has just started takes its time; a kill before its first write shows nothing. */
  private void waitForWrite() throws InterruptedException {
    long before = ledger.acknowledgedWrites();
    long deadline = System.nanoTime() + MOST_BEFORE_WRITE;
    while (ledger.acknowledgedWrites() == before && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Collection<Item> everything() {
    return Set.copyOf(ledger.registers().keySet());
  }

  /** What was written in the last round, and some of the rest. */
  private Collection<Item> changed() {
    Set<Item> items = new HashSet<>(ledger.takeDirty());
    List<Item> all = List.copyOf(ledger.registers().keySet());
    for (int i = 0; i < Math.min(SAMPLE, all.size()); i++) {
      items.add(all.get(random.nextInt(all.size())));
    }
    return items;
  }

  private void audit(ServerProcess server, Servers kind, Collection<Item> items)
      throws InterruptedException {
    audited += items.size();
    Audit.ofNow(ledger, server.wire(), collected || kind.collects()).run(items, true);
    collected = kind.collects();
  }
}
