package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.RequestHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow peers are cut off, steady ones never, and too many of them are turned away. */
class SlowPeersTest {
  private static final ServerLimits QUICK =
      ServerLimits.defaults().withPace(Duration.ofMillis(500), Duration.ofMillis(500), 8192);

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private @Nullable RegistryServer server;

  private void start(RequestHandler handler, ServerLimits limits, boolean front)
      throws IOException {
    server = RegistryServer.builder(handler).limits(limits).answerTlsProbes(front).start();
  }

  @AfterEach
  void close() {
    clock.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  private RawClient connect() throws IOException {
    return new RawClient(Objects.requireNonNull(server).port());
  }

  /** Sends a byte every 50 ms until the peer has closed. */
  private void drip(RawClient client) {
    ScheduledFuture<?> unused =
        clock.scheduleAtFixedRate(
            () -> {
              try {
                client.send("x");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            50,
            50,
            TimeUnit.MILLISECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void headersThatComeByteByByteEndTheConnection(boolean front) throws Exception {
    start(new EchoHandler(), QUICK, front);
    try (RawClient slow = connect()) {
      drip(slow.send("GET /hello HTTP/1.1\r\nX-Slow: "));
      assertThat(slow.readAll(true)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatComesByteByByteEndsTheConnection(boolean front) throws Exception {
    start(new EchoHandler(), QUICK, front);
    try (RawClient slow = connect()) {
      drip(slow.send("PUT /count HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"));
      assertThat(slow.readAll(true)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReaderThatReadsNothingEndsTheConnection(boolean front) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    RequestHandler handler =
        request ->
            new ApiResponse(
                200,
                io.registrykit.api.Headers.empty(),
                new io.registrykit.api.Body.Blob(
                    new GeneratedContent(1L << 30, Long.MAX_VALUE) {
                      @Override
                      public void close() {
                        ended.countDown();
                      }
                    },
                    new io.registrykit.model.ByteRange(0, 1L << 30)));
    start(handler, QUICK, front);
    try (RawClient slow = connect()) {
      slow.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSteadyUploadMayTakeAsLongAsItTakes() throws Exception {
    start(new EchoHandler(), QUICK, true);
    int pieces = 60;
    byte[] piece = new byte[50_000];
    CountDownLatch sent = new CountDownLatch(pieces);
    try (RawClient steady = connect()) {
      steady.send(
          "PUT /count HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + pieces * piece.length
              + "\r\n\r\n");
      ScheduledFuture<?> sending =
          clock.scheduleAtFixedRate(
              () -> {
                if (sent.getCount() > 0) {
                  try {
                    steady.send(piece);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                  sent.countDown();
                }
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      assertThat(steady.readResponse()).endsWith(Integer.toString(pieces * piece.length));
      sending.cancel(false);
    }
  }

  /** Holds every request until it is told to go on. */
  private static final class Gate implements RequestHandler {
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch arrived;

    Gate(int requests) {
      arrived = new CountDownLatch(requests);
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
      arrived.countDown();
      try {
        assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return EchoHandler.text(200, "let through");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void moreRequestsThanAllowedAreTurnedAwayAndTheOthersGoOn(boolean perAddress) throws Exception {
    Gate gate = new Gate(4);
    start(
        gate,
        ServerLimits.defaults().withMaxRequests(perAddress ? 100 : 4, perAddress ? 4 : 100),
        true);
    String get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
    RawClient[] held = new RawClient[4];
    for (int i = 0; i < held.length; i++) {
      held[i] = connect().send(get);
    }
    assertThat(gate.arrived.await(20, TimeUnit.SECONDS)).isTrue();
    try (RawClient fifth = connect()) {
      assertThat(fifth.send(get).readResponse())
          .startsWith(perAddress ? "HTTP/1.1 429 " : "HTTP/1.1 503 ")
          .contains(perAddress ? "\"TOOMANYREQUESTS\"" : "\"UNAVAILABLE\"")
          .containsIgnoringCase("retry-after: ");
    }
    gate.open.countDown();
    for (RawClient client : held) {
      assertThat(client.readResponse()).endsWith("let through");
      client.close();
    }
    // A client has its answer a moment before the server counts the request as over.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String last;
    do {
      try (RawClient later = connect()) {
        last = later.send(get).readResponse();
      }
    } while (!last.endsWith("let through") && System.nanoTime() < deadline);
    assertThat(last).endsWith("let through");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void farMoreRequestsThanAllowedAreClosed(boolean perAddress) throws Exception {
    start(
        new EchoHandler(),
        ServerLimits.defaults().withMaxRequests(perAddress ? 100 : 4, perAddress ? 4 : 100),
        true);
    RawClient[] silent = new RawClient[6];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = connect().send("GET /hello HTTP/1.1\r\n");
    }
    // The first ones may not be counted yet, and then there is an answer.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    String answer;
    do {
      assertThat(System.nanoTime()).isLessThan(deadline);
      try (RawClient seventh = connect()) {
        answer = seventh.send("GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n").readAll(true);
      }
    } while (!answer.isEmpty());
    for (RawClient client : silent) {
      client.close();
    }
  }
}
