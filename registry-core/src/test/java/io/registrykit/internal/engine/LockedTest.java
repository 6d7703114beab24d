package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.model.Digest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client hears of locks. */
class LockedTest {
  private static final Attributes NOT_WRITABLE = new Attributes(true, false, true, true);
  private static final Attributes NOT_READABLE = new Attributes(true, true, false, true);

  private final MemoryStore store = MemoryStore.create();
  private final EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build();
  private final TestApi api =
      new TestApi(
          registry, RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build());

  private void lock(@Nullable Reference target, Attributes attributes) throws IOException {
    store
        .repositories()
        .commit(
            new RepositoryName("a/b"),
            Instant.EPOCH,
            List.of(new Change.SetAttributes(target, attributes)));
  }

  @Test
  void aLockedTagStaysWhatItIs() throws IOException {
    Digest first = api.pushManifest("a/b", "v1", "one");
    lock(new Tag("v1"), NOT_WRITABLE);

    api.putManifest("a/b", "v1", api.manifest("a/b", "two"))
        .fails(405, "UNSUPPORTED")
        .has("Allow", "DELETE, GET, HEAD, PUT");
    api.delete("/v2/a/b/manifests/v1").fails(405, "UNSUPPORTED");
    api.delete("/v2/a/b/manifests/" + first).fails(405, "UNSUPPORTED");

    api.head("/v2/a/b/manifests/v1").is(200).has("Docker-Content-Digest", first.toString());
  }

  @Test
  void aLockedRepositoryTakesNothing() throws IOException {
    Digest first = api.pushManifest("a/b", "v1", "one");
    Digest elsewhere = api.pushBlob("c", TestApi.bytes(9));
    lock(null, NOT_WRITABLE);

    api.post("/v2/a/b/blobs/uploads/").fails(405, "UNSUPPORTED");
    api.post("/v2/a/b/blobs/uploads/?from=c&mount=" + elsewhere).fails(405, "UNSUPPORTED");
    api.delete("/v2/a/b/manifests/" + first).fails(405, "UNSUPPORTED");
    api.get("/v2/a/b/manifests/v1").is(200);
  }

  @Test
  void aRepositoryThatMayNotBeReadStillTakesUploads() throws IOException {
    api.pushManifest("a/b", "v1", "one");
    Digest elsewhere = api.pushBlob("c", TestApi.bytes(9));
    lock(null, NOT_READABLE);

    api.get("/v2/a/b/manifests/v1").fails(405, "UNSUPPORTED");
    api.head("/v2/a/b/manifests/v1").is(405);
    api.post("/v2/a/b/blobs/uploads/?from=c&mount=" + elsewhere).is(202);
    api.post("/v2/c/blobs/uploads/?from=a/b&mount=" + TestApi.sha256(TestApi.EMPTY_JSON)).is(202);
  }
}
