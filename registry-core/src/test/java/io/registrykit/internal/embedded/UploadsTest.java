package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
  private static final RepositoryName NAME = RepositoryName.parse("team/app");

  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository(NAME.value());

  private static UploadId begin(EmbeddedRepository repository, String content) throws IOException {
    try (BlobUpload upload = repository.startUpload(DigestAlgorithm.SHA256)) {
      upload.append(Bytes.utf8(content).asInputStream());
      return upload.id();
    }
  }

  private static void assertUnknown(EmbeddedRepository repository, UploadId id) {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> repository.uploadStatus(id))
        .satisfies(unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> repository.resumeUpload(id).close());
  }

  @Test
  void uploadGoesOnWhereItStopped() throws IOException {
    UploadId id = begin(repository, "con");
    assertThat(repository.uploadStatus(id).size()).isEqualTo(3);

    try (BlobUpload upload = repository.resumeUpload(id)) {
      upload.append(Bytes.utf8("tent").asInputStream());
      assertThat(repository.finishUpload(upload, digest("content")).size()).isEqualTo(7);
    }
    assertThat(repository.blobSize(digest("content"))).hasValue(7);
    assertUnknown(repository, id);
  }

  @Test
  void wrongDigestLeavesTheUploadOpen() throws IOException {
    UploadId id = begin(repository, "content");
    try (BlobUpload upload = repository.resumeUpload(id)) {
      assertThatExceptionOfType(InvalidContentException.class)
          .isThrownBy(() -> repository.finishUpload(upload, digest("other")));
    }
    try (BlobUpload upload = repository.resumeUpload(id)) {
      repository.finishUpload(upload, digest("content"));
    }
    assertThat(repository.exists()).isTrue();
  }

  @Test
  void onlyOneHoldsAnUpload() throws IOException {
    try (BlobUpload upload = repository.startUpload(DigestAlgorithm.SHA512)) {
      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(() -> repository.resumeUpload(upload.id()).close());
      assertThat(repository.uploadStatus(upload.id()).size()).isZero();
    }
  }

  @Test
  void uploadOfAnotherRepositoryIsUnknown() throws IOException {
    UploadId id = begin(repository, "content");

    assertUnknown(setup.repository("team/app2"), id);
    assertUnknown(setup.repository("team"), id);
    try (BlobUpload upload = repository.resumeUpload(id)) {
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(() -> setup.repository("other").finishUpload(upload, digest("content")));
    }
    assertThat(setup.repository("other").exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3000})
  void uploadOfAnotherPrincipalIsUnknown(int length) throws IOException {
    EmbeddedRepository alices =
        setup.registry.actingAs(new Principal("a".repeat(length) + "1")).repository(NAME);
    EmbeddedRepository bobs =
        setup.registry.actingAs(new Principal("a".repeat(length) + "2")).repository(NAME);
    UploadId id = begin(alices, "content");

    assertUnknown(bobs, id);
    assertUnknown(repository, id);
    assertThat(alices.uploadStatus(id).size()).isEqualTo(7);
  }

  @Test
  void uploadPastItsLifetimeIsUnknown() throws IOException {
    UploadId id = begin(repository, "content");
    Duration lifetime = setup.registry.policy().uploadLifetime();

    setup.clock.advance(lifetime.minusSeconds(1));
    assertThat(repository.uploadStatus(id).size()).isEqualTo(7);
    setup.clock.advance(Duration.ofSeconds(1));
    assertUnknown(repository, id);
  }

  @Test
  void unknownUploadIsUnknown() {
    assertUnknown(repository, UploadId.random());
  }

  @Test
  void bodyOverTheLimitLeavesTheUploadAsItWas() throws IOException {
    TestRegistry small = new TestRegistry(RegistryPolicy.strict().withMaxBlobBytes(10));
    EmbeddedRepository target = small.repository("a");
    try (BlobUpload upload = target.startUpload(DigestAlgorithm.SHA256)) {
      upload.append(Bytes.utf8("content").asInputStream());
      assertThatExceptionOfType(LimitException.class)
          .isThrownBy(() -> upload.append(Bytes.utf8("more").asInputStream()))
          .satisfies(limit -> assertThat(limit.httpStatus()).isEqualTo(413));

      assertThat(upload.size()).isEqualTo(7);
      upload.append(Bytes.utf8("123").asInputStream());
      target.finishUpload(upload, digest("content123"));
    }
    assertThat(target.blobSize(digest("content123"))).hasValue(10);
  }
}
