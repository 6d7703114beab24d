package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRepository;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import io.registrykit.spi.event.RegistryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers at once. */
@Timeout(60)
class ParallelPushTest {
  private static final int CALLERS = 16;

  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository("team/app");

  private interface Task {
    void run(int caller) throws Exception;
  }

  private static void together(Task task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
    try {
      CyclicBarrier start = new CyclicBarrier(CALLERS);
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        calls.add(
            () -> {
              start.await(30, TimeUnit.SECONDS);
              task.run(caller);
              return true;
            });
      }
      for (Future<Boolean> call : pool.invokeAll(calls)) {
        assertThat(call.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void oneBlobPushedByAllIsStoredOnce() throws Exception {
    String content = "x".repeat(300_000);

    together(caller -> pushBlob(repository, content));

    assertThat(repository.blobSize(digest(content))).hasValue(300_000);
    assertThat(setup.store.blobs().usage().blobs()).isEqualTo(1);
    assertThat(setup.store.blobs().usage().uploads()).isZero();
  }

  @Test
  void tagPushedByAllPointsToOneOfThem() throws Exception {
    pushBlob(repository, "config");
    List<RawManifest> manifests = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      manifests.add(image(List.of("config"), ",\"n\":" + i));
    }

    together(
        caller -> {
          for (int round = 0; round < 20; round++) {
            repository.pushManifest(manifests.get(caller), tags("latest", "t" + caller));
            assertThat(repository.manifest(new Tag("latest"))).isPresent();
          }
        });

    Digest latest = repository.describe(new Tag("latest")).orElseThrow().digest();
    assertThat(manifests).extracting(RawManifest::digest).contains(latest);
    assertThat(repository.tags(PageRequest.first(100)).items()).hasSize(CALLERS + 1);
    assertThat(setup.events)
        .hasSize(CALLERS * 20)
        .extracting(RegistryEvent::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void manifestsPushedAndDeletedAtOnceLeaveNoTagWithoutManifest() throws Exception {
    pushBlob(repository, "config");
    RawManifest manifest = image(List.of("config"), "");

    together(
        caller -> {
          for (int round = 0; round < 50; round++) {
            if (caller % 2 == 0) {
              repository.pushManifest(manifest, tags("t" + caller));
            } else {
              try {
                repository.deleteManifest(manifest.digest());
              } catch (NotFoundException somebodyWasFaster) {
                assertThat(somebodyWasFaster.httpStatus()).isEqualTo(404);
              }
            }
          }
        });

    for (Tag tag : repository.tags(PageRequest.first(100)).items()) {
      assertThat(repository.manifest(tag)).contains(manifest);
    }
  }
}
