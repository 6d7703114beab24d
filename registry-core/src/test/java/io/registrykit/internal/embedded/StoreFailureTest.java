package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.UploadId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A store that fails is an error of the registry, with its cause, and none of the caller. */
class StoreFailureTest {
  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository("team/app");

  @Test
  void everyMethodWrapsTheFailureOnce() throws IOException {
    setup.store.close();
    PageRequest page = PageRequest.first(1);
    Map<String, ThrowingCallable> methods = new TreeMap<>();
    methods.put("repositories", () -> setup.registry.repositories(page));
    methods.put("exists", repository::exists);
    methods.put("manifest", () -> repository.manifest(new Tag("v1")));
    methods.put("describe", () -> repository.describe(digest("m")));
    methods.put("blob", () -> repository.blob(digest("b")));
    methods.put("blobSize", () -> repository.blobSize(digest("b")));
    methods.put("tags", () -> repository.tags(page));
    methods.put("referrers", () -> repository.referrers(digest("m"), null, page));
    methods.put(
        "pushManifest", () -> repository.pushManifest(image(List.of("config"), ""), tags("v1")));
    methods.put("pushBlob", () -> pushBlob(repository, "content"));
    methods.put("mount", () -> repository.mountBlob(digest("b"), RepositoryName.parse("other")));
    methods.put("startUpload", () -> repository.startUpload(DigestAlgorithm.SHA256).close());
    methods.put("resumeUpload", () -> repository.resumeUpload(UploadId.random()).close());
    methods.put("uploadStatus", () -> repository.uploadStatus(UploadId.random()));
    methods.put("deleteManifest", () -> repository.deleteManifest(digest("m")));
    methods.put("deleteTag", () -> repository.deleteTag(new Tag("v1")));
    methods.put("deleteBlob", () -> repository.deleteBlob(digest("b")));
    methods.put("delete", repository::delete);
    methods.put("collect", () -> GarbageCollector.builder(setup.store).build().collect());

    methods.forEach(
        (name, method) ->
            assertThatExceptionOfType(BackendException.class)
                .as(name)
                .isThrownBy(method)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN))
                .withCauseInstanceOf(IOException.class));
    assertThat(setup.events).isEmpty();
  }

  @Test
  void registryNeedsStore() {
    EmbeddedRegistry.Builder builder = EmbeddedRegistry.builder();
    assertThatIllegalStateException().isThrownBy(builder::build);
  }
}
