package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Changes of different locks at the same time all hold. */
class ConcurrentPatchTest {
  private static final List<String> FLAGS =
      List.of("deleteEnabled", "writeEnabled", "readEnabled", "listEnabled");
  private static final int ROUNDS = 200;

  private final EmbeddedRegistry registry =
      EmbeddedRegistry.builder().store(MemoryStore.create()).build();
  private final TestApi api =
      new TestApi(
          registry, RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build());

  @Test
  void noneIsLost() throws Exception {
    Digest digest = api.pushManifest("app", "v1", "x");
    ExecutorService threads = Executors.newFixedThreadPool(FLAGS.size());
    try {
      for (String target :
          List.of("/acr/v1/app", "/acr/v1/app/_tags/v1", "/acr/v1/app/_manifests/" + digest)) {
        CyclicBarrier barrier = new CyclicBarrier(FLAGS.size());
        List<Callable<Void>> patchers = new ArrayList<>();
        for (String flag : FLAGS) {
          patchers.add(() -> toggle(target, flag, barrier));
        }
        for (Future<Void> patched : threads.invokeAll(patchers, 60, TimeUnit.SECONDS)) {
          patched.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** One thread for each flag: it alone changes the flag, so it finds what it wrote. */
  private Void toggle(String target, String flag, CyclicBarrier barrier) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String expected = "\"" + flag + "\":" + (i % 2 == 1);
      barrier.await(10, TimeUnit.SECONDS);
      api.send("PATCH", target, Bytes.utf8("{" + expected + "}")).is(200);
      barrier.await(10, TimeUnit.SECONDS);
      assertThat(api.get(target).is(200).text()).as("round %s", i).contains(expected);
    }
    return null;
  }
}
