package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.api.RequestHandler;
import io.registrykit.auth.OpenAccess;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Starting is quick, closing is orderly, and nothing stays behind. */
class LifecycleTest {
  private static final String GET = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static long closeMillis(RegistryServer server) {
    long start = System.nanoTime();
    server.close();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void closesAtOnceWhenIdleThoughConnectionsAreKept() throws Exception {
    RegistryServer server =
        RegistryServer.builder(new EchoHandler()).drainTimeout(Duration.ofMinutes(1)).start();
    try (RawClient kept = new RawClient(server.port());
        RawClient silent = new RawClient(server.port())) {
      assertThat(kept.send(GET).readResponse()).endsWith("hello");
      assertThat(closeMillis(server)).isLessThan(1000);
      assertThat(kept.read()).isEqualTo(-1);
      assertThat(silent.readAll(true)).isEmpty();
    }
    server.close();
    assertThatThrownBy(() -> new RawClient(server.port())).isInstanceOf(Exception.class);
  }

  @Test
  void letsARequestEndBeforeItCloses() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RequestHandler slow =
        request -> {
          if (request.rawPath().equals("/hello")) {
            arrived.countDown();
            awaitUnchecked(goOn);
          }
          return EchoHandler.text(200, "finished");
        };
    RegistryServer server =
        RegistryServer.builder(slow).drainTimeout(Duration.ofMinutes(1)).start();
    try (RawClient client = new RawClient(server.port());
        RawClient late = new RawClient(server.port())) {
      client.send(GET);
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      await(() -> refuses(late), "new requests are turned away");
      assertThat(closing).isNotDone();
      goOn.countDown();
      assertThat(client.readResponse()).endsWith("finished");
      closing.get(20, TimeUnit.SECONDS);
    }
  }

  /** Sends one request after the other until the closing server answers 503. */
  private static boolean refuses(RawClient client) {
    try {
      return client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n").readResponse().contains(" 503 ");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cutsOffWhatIsLeftAtTheDeadline() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    EchoHandler echo = new EchoHandler();
    RequestHandler handler =
        request -> {
          arrived.countDown();
          return echo.handle(request);
        };
    RegistryServer server =
        RegistryServer.builder(handler).drainTimeout(Duration.ofMillis(200)).start();
    try (RawClient sender = new RawClient(server.port());
        RawClient reader = new RawClient(server.port())) {
      sender.send("PUT /count HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome");
      reader.send("GET /large?size=1000000000 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(closeMillis(server)).isBetween(150L, 2000L);
      assertThat(sender.readAll(true)).isEmpty();
    }
  }

  @Test
  void doesNotInterruptAHandlerThatIsBusyElsewhere() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    RequestHandler busy =
        request -> {
          arrived.countDown();
          try {
            goOn.await();
            interrupted.complete(Thread.interrupted());
          } catch (InterruptedException e) {
            interrupted.complete(true);
          }
          return EchoHandler.text(200, "too late");
        };
    RegistryServer server = RegistryServer.builder(busy).drainTimeout(Duration.ZERO).start();
    try (RawClient client = new RawClient(server.port())) {
      client.send(GET);
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(closeMillis(server)).isLessThan(10_000);
      goOn.countDown();
      assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void aPortInUseIsSaidAndLeavesNothing() throws Exception {
    try (RegistryServer first = RegistryServer.builder(new EchoHandler()).start()) {
      RegistryServer.Builder second = RegistryServer.builder(new EchoHandler()).port(first.port());
      assertThatThrownBy(second::start).isInstanceOf(BindException.class);
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static RegistryServer startRegistry() throws IOException {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    return RegistryServer.builder(
            RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
        .start();
  }

  @Test
  void aThousandStartsAreQuickAndLeaveNoThreadAndNoFile() throws Exception {
    assumeThat(ManagementFactory.getOperatingSystemMXBean())
        .isInstanceOf(UnixOperatingSystemMXBean.class);
    startRegistry().close();
    int threadsBefore = threads();
    long filesBefore = openFiles();
    long[] nanos = new long[1000];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      RegistryServer server = startRegistry();
      nanos[i] = System.nanoTime() - start;
      if (i % 10 == 0) {
        try (RawClient client = new RawClient(server.port())) {
          assertThat(client.send("GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n").readResponse())
              .startsWith("HTTP/1.1 200 ");
        }
      }
      server.close();
    }
    long[] first = Arrays.copyOf(nanos, 100);
    Arrays.sort(first);
    System.out.printf("registry and server started in %.2f ms (median of 100)%n", first[50] / 1e6);
    assertThat(first[50]).isLessThan(TimeUnit.MILLISECONDS.toNanos(50));
    await(() -> threads() <= threadsBefore + 1, "threads end");
    await(() -> openFiles() <= filesBefore + 2, "files are closed");
  }
}
