package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.api.Headers;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.MiniReply;
import io.registrykit.client.testing.MiniRequest;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.error.BackendException;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads that break off, stand still, are cancelled, or bring something else. */
class DownloadLifeTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final int SIZE = 300_000;
  private static final int HALF = 150_000;
  private static final byte[] BYTES = Contents.random(1, SIZE);
  private static final Digest DIGEST = Contents.digest(BYTES);

  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean stalls;
  private volatile boolean knowsRanges = true;
  private volatile boolean lies;
  private MiniServer server;
  private RegistryClient client;

  @BeforeEach
  void start() throws IOException {
    server = MiniServer.start(this::respond);
    client =
        RegistryClient.builder()
            .insecure(server.host())
            .retries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  /** Half of the blob at the first request, what is asked for at the next ones. */
  private void respond(MiniRequest request, MiniReply reply) throws IOException {
    String range = request.headers().first("Range").orElse("");
    ranges.add(range);
    byte[] bytes = BYTES.clone();
    bytes[SIZE - 1] ^= (byte) (lies ? 1 : 0);
    if (ranges.size() == 1 && !lies) {
      reply.head(200, Headers.empty(), SIZE);
      reply.out().write(bytes, 0, HALF);
      reply.out().flush();
      if (stalls) {
        reply.stall();
      } else {
        reply.end();
      }
    } else if (range.isEmpty() || !knowsRanges) {
      reply.send(200, Headers.empty(), bytes);
    } else {
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      Headers headers =
          Headers.of("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
      reply.send(206, headers, Arrays.copyOfRange(bytes, from, SIZE));
    }
  }

  private byte[] pull(CallOptions options) throws IOException {
    RemoteRepository app = client.registry(server.host()).repository(APP).with(options);
    try (BlobContent blob = app.blob(DIGEST).orElseThrow();
        InputStream in = blob.openStream(0)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aDownloadGoesOnWhereItBrokeOff() throws IOException {
    assertThat(pull(CallOptions.standard())).isEqualTo(BYTES);
    assertThat(ranges).containsExactly("", "bytes=" + HALF + "-");
  }

  @Test
  void aRegistryWithoutRangesSendsEverythingOnceMore() throws IOException {
    knowsRanges = false;
    assertThat(pull(CallOptions.standard())).isEqualTo(BYTES);
    assertThat(ranges).hasSize(2);
  }

  @Test
  void otherBytesAreNotHandedOn() {
    lies = true;
    assertThatThrownBy(() -> pull(CallOptions.standard()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("DIGEST_INVALID");
  }

  @Test
  void cancellingEndsADownload() {
    stalls = true;
    Cancellation cancellation = new Cancellation();
    TransferListener cancelling =
        event -> {
          if (event.bytes() >= HALF) {
            cancellation.cancel();
          }
        };
    assertThatThrownBy(
            () -> pull(CallOptions.standard().cancellation(cancellation).listener(cancelling)))
        .isInstanceOf(CancellationException.class);
    assertThat(ranges).hasSize(1);
  }

  @Test
  void aDeadlineEndsADownloadThatStandsStill() {
    stalls = true;
    long start = System.nanoTime();
    assertThatThrownBy(() -> pull(CallOptions.standard().within(Duration.ofMillis(500))))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("deadline");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }
}
