package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrontEngineTest {
  private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-length: 5\r\n\r\n";

  private final Calls calls = new Calls(ServerLimits.defaults(), false);
  private final FrontEngine engine = new FrontEngine(null, true, calls, new PlainSession());

  @AfterEach
  void close() throws InterruptedException {
    assertThat(calls.end(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }

  private interface Work {
    void on(Call call) throws Exception;
  }

  /** As the JDK does: the engine is asked on the thread of a request. */
  private void inRequest(Work work) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    calls.execute(
        () -> {
          try {
            Call call = Objects.requireNonNull(calls.current());
            call.headersRead();
            work.on(call);
            done.complete(null);
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    done.get(10, TimeUnit.SECONDS);
  }

  private SSLEngineResult wrap(String text, ByteBuffer target) throws SSLException {
    return engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), target);
  }

  private static String text(ByteBuffer target) {
    return StandardCharsets.US_ASCII.decode(target.duplicate().flip()).toString();
  }

  @Test
  void headersGoInOnePieceWithTheBodyThatFollows() throws Exception {
    inRequest(
        call -> {
          ByteBuffer target = ByteBuffer.allocate(200);
          call.bodyFollows(true);
          SSLEngineResult first = wrap(HEADERS, target);
          call.bodyFollows(false);
          assertThat(first.bytesConsumed()).isEqualTo(HEADERS.length());
          assertThat(first.bytesProduced()).isZero();

          SSLEngineResult second = wrap("hello", target);
          assertThat(second.bytesConsumed()).isEqualTo(5);
          assertThat(second.bytesProduced()).isEqualTo(HEADERS.length() + 5);
          assertThat(text(target)).isEqualTo(HEADERS + "hello");

          target.clear();
          assertThat(wrap("again", target).bytesProduced()).isEqualTo(5);
        });
  }

  @Test
  void headersWithoutABodyGoAtOnce() throws Exception {
    inRequest(
        call -> {
          ByteBuffer target = ByteBuffer.allocate(200);
          assertThat(wrap(HEADERS, target).bytesProduced()).isEqualTo(HEADERS.length());
        });
  }

  @Test
  void whatDoesNotFitIsAskedForAgainWhole() throws Exception {
    inRequest(
        call -> {
          call.bodyFollows(true);
          wrap(HEADERS, ByteBuffer.allocate(200));
          call.bodyFollows(false);
          ByteBuffer small = ByteBuffer.allocate(HEADERS.length() + 4);
          assertThat(wrap("hello", small).getStatus()).isEqualTo(Status.BUFFER_OVERFLOW);
          ByteBuffer large = ByteBuffer.allocate(200);
          wrap("hello", large);
          assertThat(text(large)).isEqualTo(HEADERS + "hello");
        });
  }
}
