package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.client.TransferListener.Phase;
import io.registrykit.client.testing.Backend;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.MiniReply;
import io.registrykit.client.testing.MiniRequest;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.error.BackendException;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are cancelled, run out of time, go on in another process, or meet each other. */
class UploadLifeTest {
  private static final RepositoryName APP = new RepositoryName("team/app");

  private final Backend backend = new Backend();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger patches = new AtomicInteger();
  private volatile int stallAtPatch = -1;
  private volatile int dieAtPatch = -1;
  private MiniServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = MiniServer.start(this::respond);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void respond(MiniRequest request, MiniReply reply) throws IOException {
    seen.add(request.method());
    if (request.method().equals("PATCH")) {
      int number = patches.incrementAndGet();
      if (number == stallAtPatch) {
        reply.stall();
        return;
      }
      if (dieAtPatch > 0 && number >= dieAtPatch) {
        reply.reset();
        return;
      }
    } else if (dieAtPatch > 0 && patches.get() >= dieAtPatch) {
      reply.reset();
      return;
    }
    Backend.Result result = backend.handle(request, request.body());
    reply.send(result.status(), result.headers(), result.body().toArray());
  }

  private RegistryClient client(UploadJournal journal) {
    return RegistryClient.builder()
        .host(server.host(), HostOptions.builder().insecure(true).chunked(10_000).build())
        .retries(
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1)))
        .journal(journal)
        .build();
  }

  private void assertStored(byte[] bytes) throws IOException {
    try (BlobContent blob =
            backend.registry().repository(APP).blob(Contents.digest(bytes)).orElseThrow();
        InputStream in = blob.openStream(0)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void anotherProcessGoesOnWhereTheFirstEnded() throws IOException {
    byte[] bytes = Contents.random(1, 95_000);
    dieAtPatch = 6;
    try (RegistryClient first = client(UploadJournal.inFolder(folder))) {
      RemoteRepository app = first.registry(server.host()).repository(APP);
      assertThatThrownBy(() -> app.pushBlob(Contents.content(bytes)))
          .isInstanceOf(BackendException.class);
    }
    dieAtPatch = -1;
    patches.set(0);
    try (RegistryClient second = client(UploadJournal.inFolder(folder))) {
      second.registry(server.host()).repository(APP).pushBlob(Contents.content(bytes));
    }
    assertStored(bytes);
    assertThat(patches.get()).isEqualTo(5);
    assertThat(Collections.frequency(seen, "POST")).isEqualTo(1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aDeadlineEndsAStalledUploadAndClearsItUp() {
    stallAtPatch = 3;
    try (RegistryClient client = client(UploadJournal.none())) {
      RemoteRepository app =
          client
              .registry(server.host())
              .repository(APP)
              .with(CallOptions.standard().within(Duration.ofMillis(400)));
      long start = System.nanoTime();
      assertThatThrownBy(() -> app.pushBlob(Contents.content(Contents.random(2, 95_000))))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("deadline");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(seen).last().isEqualTo("DELETE");
  }

  @Test
  void cancellingEndsAnUploadAndClearsItUp() {
    Cancellation cancellation = new Cancellation();
    TransferListener cancelling =
        event -> {
          if (event.phase() == Phase.MOVED && event.bytes() > 40_000) {
            cancellation.cancel();
          }
        };
    try (RegistryClient client = client(UploadJournal.none())) {
      RemoteRepository app =
          client
              .registry(server.host())
              .repository(APP)
              .with(CallOptions.standard().cancellation(cancellation).listener(cancelling));
      assertThatThrownBy(() -> app.pushBlob(Contents.content(Contents.random(3, 95_000))))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(seen).last().isEqualTo("DELETE");
    assertThat(backend.registry().repository(APP).exists()).isFalse();
  }

  @Test
  void progressCountsEveryByteOnce() throws IOException {
    List<TransferListener.Event> events = Collections.synchronizedList(new ArrayList<>());
    byte[] bytes = Contents.random(4, 95_000);
    try (RegistryClient client = client(UploadJournal.none())) {
      RemoteRepository app =
          client
              .registry(server.host())
              .repository(APP)
              .with(CallOptions.standard().listener(events::add));
      app.pushBlob(Contents.content(bytes));
      app.pushBlob(Contents.content(bytes));
    }
    assertThat(events).first().extracting(TransferListener.Event::phase).isEqualTo(Phase.STARTED);
    assertThat(events).extracting(TransferListener.Event::total).containsOnly(95_000L);
    assertThat(events.stream().filter(event -> event.phase() == Phase.MOVED))
        .isSortedAccordingTo((a, b) -> Long.compare(a.bytes(), b.bytes()))
        .last()
        .extracting(TransferListener.Event::bytes)
        .isEqualTo(95_000L);
    assertThat(events).last().extracting(TransferListener.Event::phase).isEqualTo(Phase.EXISTED);
    assertThat(events).extracting(TransferListener.Event::phase).contains(Phase.FINISHED);
  }

  @Test
  void manyThreadsWithOneBlobSendItOnce() throws Exception {
    byte[] bytes = Contents.random(5, 95_000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (RegistryClient client = client(UploadJournal.none())) {
      RemoteRepository app = client.registry(server.host()).repository(APP);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> app.pushBlob(Contents.content(bytes))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertStored(bytes);
    assertThat(Collections.frequency(seen, "POST")).isEqualTo(1);
    assertThat(patches.get()).isEqualTo(10);
  }

  @Test
  void oneConnectionCarriesAWholePush() {
    try (RegistryClient client = client(UploadJournal.none())) {
      RemoteRepository app = client.registry(server.host()).repository(APP);
      for (int i = 0; i < 20; i++) {
        app.pushBlob(Contents.content(Contents.random(100 + i, 25_000)));
      }
      SampleGraph.image(app, 200, 25_000, Set.of(new Tag("v1")));
      assertThat(app.manifest(new Tag("v1"))).isPresent();
    }
    assertThat(server.connections()).isEqualTo(1);
  }
}
