package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.Copier;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.RepositoryReader;
import io.registrykit.client.layout.OciLayout;
import io.registrykit.client.testing.Backend;
import io.registrykit.client.testing.MiniReply;
import io.registrykit.client.testing.MiniRequest;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of one image to one repository at once: each blob goes once. */
@Timeout(60)
class CopyRaceTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final Tag V1 = new Tag("v1");
  private static final int BLOBS = 2;

  private final Backend backend = new Backend();
  private final AtomicInteger uploads = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final Repository source =
      EmbeddedRegistry.builder().store(MemoryStore.create()).build().repository(APP);
  private final RawManifest image = SampleGraph.image(source, 1, 5000, Set.of(V1));

  @TempDir Path folder;

  private void respond(MiniRequest request, MiniReply reply) throws IOException {
    if (request.method().equals("POST")) {
      uploads.incrementAndGet();
    }
    Backend.Result result = backend.handle(request, request.body());
    reply.send(result.status(), result.headers(), result.body().toArray());
  }

  /**
   * The source, where both copies begin at the same time, and whoever reads the first blob gives
   * the other time to read it as well.
   */
  private RepositoryReader slowly(CyclicBarrier start, CountDownLatch secondReads) {
    return (RepositoryReader)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RepositoryReader.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("manifest")) {
                start.await(20, TimeUnit.SECONDS);
              } else if (method.getName().equals("blob")) {
                if (reads.incrementAndGet() > BLOBS) {
                  secondReads.countDown();
                }
                secondReads.await(300, TimeUnit.MILLISECONDS);
              }
              try {
                return method.invoke(source, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void race(List<Copier> copiers, List<? extends Repository> destinations)
      throws Exception {
    RepositoryReader slow = slowly(new CyclicBarrier(2), new CountDownLatch(1));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Copier copier = copiers.get(i);
        Repository destination = destinations.get(i);
        all.add(threads.submit(() -> copier.copy(slow, V1, destination, Set.of(V1))));
      }
      for (Future<?> one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(destinations.get(0).manifest(V1)).contains(image);
    assertThat(reads).hasValue(BLOBS);
  }

  @Test
  void toARegistryFarAwayWhateverCopiers() throws Exception {
    try (MiniServer server = MiniServer.start(this::respond);
        RegistryClient client = RegistryClient.builder().insecure(server.host()).build()) {
      race(
          List.of(Copier.builder().build(), Copier.builder().build()),
          List.of(
              client.registry(server.host()).repository(APP),
              client.registry(server.host()).repository(APP)));
    }
    assertThat(uploads).hasValue(BLOBS);
  }

  @Test
  void toAnEmbeddedRegistry() throws Exception {
    Copier copier = Copier.builder().build();
    EmbeddedRegistry target = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    race(List.of(copier, copier), List.of(target.repository(APP), target.repository(APP)));
  }

  @Test
  void toAFolder() throws Exception {
    Copier copier = Copier.builder().build();
    OciLayout layout = new OciLayout(folder);
    race(List.of(copier, copier), List.of(layout, layout));
  }

  @Test
  void toTwoRegistriesWithoutWaitingForEachOther() throws Exception {
    Copier copier = Copier.builder().parallelism(1).build();
    EmbeddedRegistry one = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    EmbeddedRegistry two = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    CyclicBarrier both = new CyclicBarrier(2);
    CyclicBarrier reading = new CyclicBarrier(2);
    RepositoryReader slow =
        (RepositoryReader)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RepositoryReader.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("manifest")) {
                    both.await(20, TimeUnit.SECONDS);
                  } else if (method.getName().equals("blob")) {
                    reading.await(20, TimeUnit.SECONDS);
                  }
                  return method.invoke(source, arguments);
                });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> first =
          threads.submit(() -> copier.copy(slow, V1, one.repository(APP), Set.of(V1)));
      copier.copy(slow, V1, two.repository(APP), Set.of(V1));
      first.get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(one.repository(APP).manifest(V1)).contains(image);
    assertThat(two.repository(APP).manifest(V1)).contains(image);
  }
}
