package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.Headers;
import io.registrykit.client.testing.Backend;
import io.registrykit.client.testing.MiniReply;
import io.registrykit.client.testing.MiniRequest;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several writers of the list of referrers that a registry does not keep itself. */
@Timeout(60)
class ReferrersRaceTest {
  private static final RepositoryName APP = new RepositoryName("team/app");

  private final Backend backend = new Backend();
  private final RawManifest subject =
      SampleGraph.image(backend.registry().repository(APP), 1, 100, Set.of(new Tag("v1")));

  /** The registry without its knowledge of referrers. */
  private void respond(MiniRequest request, MiniReply reply) throws IOException {
    if (request.target().contains("/referrers/")) {
      reply.send(404, Headers.empty());
      return;
    }
    Backend.Result result = backend.handle(request, request.body());
    Headers.Builder headers = Headers.builder();
    result
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase("OCI-Subject")) {
                headers.add(name, value);
              }
            });
    reply.send(result.status(), headers.build(), result.body().toArray());
  }

  private static RemoteRepository app(RegistryClient client, MiniServer server) {
    return client.registry(server.host()).repository(APP);
  }

  private static RegistryClient client(MiniServer server) {
    return RegistryClient.builder().insecure(server.host()).build();
  }

  private List<Digest> listed(MiniServer server) {
    try (RegistryClient client = client(server)) {
      return app(client, server)
          .referrers(subject.digest(), null, PageRequest.first(1000))
          .items()
          .stream()
          .map(Descriptor::digest)
          .toList();
    }
  }

  private boolean isList(MiniRequest request, String method) {
    return request.method().equals(method)
        && request.target().endsWith("/manifests/sha256-" + subject.digest().hex());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("what this waits for did not happen");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * The worst order: both read an empty list; one writes, looks and finds itself; then the other
   * writes what it made of the empty list.
   */
  @Test
  void anEntryThatTheOtherClientOverwroteIsAddedAgain() throws Exception {
    CountDownLatch secondHasRead = new CountDownLatch(1);
    CountDownLatch firstHasLooked = new CountDownLatch(1);
    CountDownLatch secondHasWritten = new CountDownLatch(1);
    AtomicInteger firstReads = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (MiniServer first =
            MiniServer.start(
                (request, reply) -> {
                  int read = isList(request, "GET") ? firstReads.incrementAndGet() : 0;
                  if (isList(request, "PUT")) {
                    await(secondHasRead);
                  } else if (read == 3) {
                    await(secondHasWritten);
                  }
                  respond(request, reply);
                  if (read == 2) {
                    firstHasLooked.countDown();
                  }
                });
        MiniServer second =
            MiniServer.start(
                (request, reply) -> {
                  if (isList(request, "PUT")) {
                    await(firstHasLooked);
                  }
                  respond(request, reply);
                  if (isList(request, "GET")) {
                    secondHasRead.countDown();
                  } else if (isList(request, "PUT")) {
                    secondHasWritten.countDown();
                  }
                });
        RegistryClient one = client(first);
        RegistryClient other = client(second)) {
      Future<RawManifest> a =
          threads.submit(() -> SampleGraph.referrer(app(one, first), 50, subject, Set.of()));
      Future<RawManifest> b =
          threads.submit(() -> SampleGraph.referrer(app(other, second), 51, subject, Set.of()));
      assertThat(List.of(a.get().digest(), b.get().digest()))
          .containsExactlyInAnyOrderElementsOf(listed(first));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void threadsOfOneClientTakeTurns() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (MiniServer server = MiniServer.start(this::respond);
        RegistryClient client = client(server)) {
      List<Future<RawManifest>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int seed = 100 + i;
        all.add(
            threads.submit(
                () -> SampleGraph.referrer(app(client, server), seed, subject, Set.of())));
      }
      List<Digest> pushed = new ArrayList<>();
      for (Future<RawManifest> one : all) {
        pushed.add(one.get().digest());
      }
      assertThat(listed(server)).containsExactlyInAnyOrderElementsOf(pushed);
    } finally {
      threads.shutdownNow();
    }
  }
}
