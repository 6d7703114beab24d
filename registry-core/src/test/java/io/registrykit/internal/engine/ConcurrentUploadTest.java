package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.bytes;
import static io.registrykit.internal.engine.TestApi.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.Headers;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrentUploadTest {
  private final TestApi api = TestApi.open();
  private final ExecutorService threads = Executors.newFixedThreadPool(16);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
      results.add(future.get());
    }
    return results;
  }

  /** A body that waits before its second half until it is told to go on. */
  private static final class HeldStream extends InputStream {
    private final InputStream content;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private int count;

    HeldStream(Bytes content) {
      this.content = content.asInputStream();
    }

    @Override
    public int read() throws IOException {
      if (count++ == 10) {
        started.countDown();
        await(goOn);
      }
      return content.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int value = read();
      if (value < 0) {
        return -1;
      }
      buffer[offset] = (byte) value;
      return 1;
    }

    static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whoComesWhileAPieceIsOnItsWayIsRefused() throws Exception {
    String place = api.startUpload("a");
    Bytes content = bytes(100);
    HeldStream held = new HeldStream(content);
    Future<Answer> first =
        threads.submit(() -> api.send("PATCH", place, Headers.empty(), held, content.length()));
    HeldStream.await(held.started);

    for (Answer other :
        List.of(
            api.send("PATCH", place, content),
            api.send("PATCH", place, content, "Content-Range", "0-99"),
            api.send("PUT", place + "?digest=" + sha256(content), content),
            api.delete(place))) {
      assertThat(other.status()).isBetween(400, 499);
      assertThat(other.text()).contains("BLOB_UPLOAD_INVALID");
    }
    api.get(place).is(204);
    held.goOn.countDown();

    first.get(30, TimeUnit.SECONDS).is(202).has("Range", "0-99");
    Answer finished = api.send("PUT", place + "?digest=" + sha256(content), Bytes.empty()).is(201);
    assertThat(api.get(finished.location()).body()).isEqualTo(content);
  }

  @Test
  void parallelPiecesNeverMix() throws Exception {
    String place = api.startUpload("a");
    List<Callable<Answer>> senders = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Bytes piece = Bytes.utf8(Character.toString('a' + i % 26).repeat(5000));
      senders.add(() -> api.send("PATCH", place, piece));
    }

    long taken = 0;
    for (Answer answer : all(senders)) {
      assertThat(answer.status()).isIn(202, 400, 409, 416);
      taken += answer.status() == 202 ? 1 : 0;
    }

    assertThat(taken).isPositive();
    api.get(place).is(204).has("Range", "0-" + (taken * 5000 - 1));
  }

  @Test
  void oneOfManyEqualPiecesIsTaken() throws Exception {
    String place = api.startUpload("a");
    Bytes content = bytes(5000);
    List<Callable<Answer>> senders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      senders.add(() -> api.send("PATCH", place, content, "Content-Range", "0-4999"));
    }

    assertThat(all(senders)).filteredOn(answer -> answer.status() == 202).hasSize(1);

    Answer finished = api.send("PUT", place + "?digest=" + sha256(content), Bytes.empty()).is(201);
    assertThat(api.get(finished.location()).body()).isEqualTo(content);
  }

  @Test
  void sixteenClientsPushOneBlob() throws Exception {
    Bytes content = bytes(200_000);
    Digest digest = sha256(content);
    List<Callable<Answer>> clients = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String repository = "r" + i % 4;
      clients.add(
          () -> api.send("PUT", api.startUpload(repository) + "?digest=" + digest, content));
    }

    all(clients).forEach(answer -> answer.is(201));

    for (int i = 0; i < 4; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      api.get("/v2/r" + i + "/blobs/" + digest).is(200).body().writeTo(out);
      assertThat(out.toByteArray()).isEqualTo(content.toArray());
    }
  }
}
