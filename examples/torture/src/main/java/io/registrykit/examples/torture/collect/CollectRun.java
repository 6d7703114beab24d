package io.registrykit.examples.torture.collect;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.examples.torture.crash.Crowd;
import io.registrykit.examples.torture.oracle.Audit;
import io.registrykit.examples.torture.oracle.Item;
import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.process.CollectingServer;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Wire;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Collects garbage back to back while people push, mount and delete. Used by one thread. */
public final class CollectRun {
  private static final int PUSHERS = 8;
  private static final Duration LATER = Duration.ofHours(1);

  private final RegistryStore store;
  private final RegistryStore collected;
  private final Ledger ledger = new Ledger();
  private final AtomicLong collections = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();

  /**
   * What came of a run.
   *
   * @param starved pushes that lost against the collector each time, and were given up
   * @param deleted blobs that were collected under the pushes
   * @param left blobs that nothing needs and that two more collections left
   */
  public record Report(
      long acknowledged,
      long starved,
      long collections,
      long deleted,
      long left,
      List<String> violations) {}

  /**
   * A run.
   *
   * @param store what people push to
   * @param collected what is collected: the same, unless a mistake is planted
   */
  public CollectRun(RegistryStore store, RegistryStore collected) {
    this.store = store;
    this.collected = collected;
  }

  /**
   * Runs it as a command.
   *
   * @param args a folder; and optionally how many seconds and the seed
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 600;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    try (FileStore store = FileStore.open(Path.of(args[0]))) {
      Report report = new CollectRun(store, store).run(Duration.ofSeconds(seconds), seed);
      System.out.printf(
          "seed %d: %,d writes acknowledged, %,d pushes given up, %,d collections, %,d blobs collected, %,d left, %,d violations%n",
          seed,
          report.acknowledged(),
          report.starved(),
          report.collections(),
          report.deleted(),
          report.left(),
          report.violations().size());
      report.violations().stream().limit(20).forEach(System.out::println);
      System.exit(report.violations().isEmpty() && report.left() == 0 ? 0 : 1);
    }
  }

  /** Pushes and collects for a time, then audits and collects twice more. */
  public Report run(Duration time, long seed) throws IOException, InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    Thread collector = new Thread(() -> collect(stopped), "collector");
    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build();
        RegistryServer server =
            RegistryServer.builder(
                    RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
                .port(0)
                .start()) {
      Wire wire = new Wire(server.uri());
      collector.start();
      new Crowd(PUSHERS, ledger, new SplittableRandom(seed)).work(wire, time);
      stopped.set(true);
      collector.join();
      Audit.ofNow(ledger, wire, true).run(Set.copyOf(ledger.registers().keySet()), false);
    } finally {
      stopped.set(true);
    }
    GarbageCollector late =
        GarbageCollector.builder(store)
            .clock(Clock.offset(Clock.systemUTC(), LATER))
            .grace(LATER.minusSeconds(1))
            .build();
    late.collect();
    late.collect();
    return new Report(
        ledger.acknowledgedWrites(),
        ledger.starvedPushes(),
        collections.get(),
        deleted.get(),
        left(),
        List.copyOf(ledger.violations()));
  }

  private void collect(AtomicBoolean stopped) {
    GarbageCollector eager = CollectingServer.eager(collected);
    while (!stopped.get()) {
      try {
        deleted.addAndGet(eager.collect().deletedBlobs());
      } catch (RuntimeException e) {
        ledger.violated("a collection failed: " + e);
      }
      collections.incrementAndGet();
    }
  }

  private long left() throws IOException {
    Set<String> needed = new HashSet<>();
    for (Item item : ledger.registers().keySet()) {
      Manifest manifest = ledger.manifest(item.name());
      if (manifest != null && ledger.has(item)) {
        needed.addAll(manifest.blobs());
      }
    }
    AtomicLong count = new AtomicLong();
    store
        .blobs()
        .forEach(
            digest -> {
              if (!needed.contains(digest.toString())) {
                count.incrementAndGet();
              }
            });
    return count.get();
  }
}
