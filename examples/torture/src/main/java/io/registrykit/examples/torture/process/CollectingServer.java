package io.registrykit.examples.torture.process;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.Durability;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that collects garbage without a pause and with hardly any grace, which no user can have:
 * the clock of the collector is ahead of the registry's by nearly the shortest grace.
 */
public final class CollectingServer {
  /** How old garbage has to be. */
  private static final Duration GRACE = Duration.ofMillis(300);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private CollectingServer() {}

  /**
   * Serves until it is killed.
   *
   * @param args the folder, and optionally the name of a {@link Durability}
   */
  public static void main(String[] args) throws IOException {
    FileStore.Builder builder = FileStore.at(Path.of(args[0]));
    if (args.length > 1) {
      builder.durability(Durability.valueOf(args[1]));
    }
    serve(builder.open());
  }

  /** Serves a store on any free port, and says which. */
  @SuppressWarnings("SystemOut") // the first line is what the parent waits for
  public static void serve(RegistryStore store) throws IOException {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build();
    RegistryServer server =
        RegistryServer.builder(
                RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .start();
    System.out.println("listening on " + server.uri());
    GarbageCollector collector = eager(store);
    Thread thread = new Thread(() -> collectForever(collector), "collector");
    thread.start();
  }

  /** A collector that spares only what is younger than a moment. */
  public static GarbageCollector eager(RegistryStore store) {
    Duration least = GarbageCollector.Builder.MIN_GRACE;
    return GarbageCollector.builder(store)
        .grace(least)
        .clock(Clock.offset(Clock.systemUTC(), least.minus(GRACE)))
        .build();
  }

  private static void collectForever(GarbageCollector collector) {
    while (!Thread.currentThread().isInterrupted()) {
      collector.collect();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
