package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Honest clients notice nothing of a crowd of slow ones. */
class SlowCrowdTest {
  private static final ServerLimits QUICK =
      ServerLimits.defaults().withPace(Duration.ofSeconds(1), Duration.ofSeconds(1), 8192);

  @Test
  void aSmallCrowdDelaysNobody() throws Exception {
    // Starved clients wait for seconds; a busy machine alone costs some tenths.
    run(100, 5, Duration.ofSeconds(4), QUICK, 1000);
  }

  @Test
  @EnabledIfSystemProperty(named = "registrykit.long", matches = "true")
  void aCrowdOfAThousandDelaysNobody() throws Exception {
    run(1000, 20, Duration.ofSeconds(40), ServerLimits.defaults(), 100);
  }

  private static void run(
      int slow, int honest, Duration duration, ServerLimits limits, double maxP99)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(honest);
    try (RegistryServer server = RegistryServer.builder(new EchoHandler()).limits(limits).start();
        SlowCrowd crowd = new SlowCrowd(server.port(), slow)) {
      long end = System.nanoTime() + duration.toNanos();
      List<Future<long[]>> clients = new ArrayList<>();
      for (int i = 0; i < honest; i++) {
        clients.add(threads.submit(honestClient(server.port(), end)));
      }
      long[] nanos = new long[0];
      for (Future<long[]> client : clients) {
        nanos =
            LongStream.concat(Arrays.stream(nanos), Arrays.stream(client.get())).sorted().toArray();
      }
      double p99 = nanos[(int) (nanos.length * 0.99)] / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%d slow clients, cut off %d times: %d requests of %d honest ones,"
              + " median %.2f ms, p99 %.2f ms, %d threads%n",
          slow,
          crowd.cut(),
          nanos.length,
          honest,
          nanos[nanos.length / 2] / 1e6,
          p99,
          ManagementFactory.getThreadMXBean().getThreadCount());
      assertThat(crowd.cut()).as("slow clients are cut off").isPositive();
      assertThat(p99).as("p99 in ms").isLessThan(maxP99);
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  /** Asks a hundred times a second, on a new connection after every ten requests. */
  private static Callable<long[]> honestClient(int port, long end) {
    return () -> {
      List<Long> nanos = new ArrayList<>();
      while (System.nanoTime() < end) {
        try (RawClient client = new RawClient(port)) {
          for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            String answer = client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").readResponse();
            nanos.add(System.nanoTime() - start);
            assertThat(answer).endsWith("hello");
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
          }
        }
      }
      return nanos.stream().mapToLong(Long::longValue).toArray();
    };
  }
}
