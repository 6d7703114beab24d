package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.pushImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.StoreUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlobRulesTest {
  private static final Duration GRACE = Duration.ofHours(24);

  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository("team/app");

  private static InputStream broken(String before) {
    return new SequenceInputStream(
        Bytes.utf8(before).asInputStream(),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the peer went away");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
          }
        });
  }

  private StoreUsage usage() throws IOException {
    return setup.store.blobs().usage();
  }

  private Instant linkedAt(String repository, String content) throws IOException {
    return setup
        .store
        .repositories()
        .blobLink(RepositoryName.parse(repository), digest(content))
        .map(BlobLink::linkedAt)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void blobComesBackAsItWasPushed(DigestAlgorithm algorithm) throws IOException {
    Bytes content = Bytes.utf8("content");
    Digest digest = content.digest(algorithm);

    assertThat(repository.pushBlob(digest, content.asInputStream()))
        .isEqualTo(new Descriptor(MediaType.OCTET_STREAM, digest, 7));
    assertThat(repository.blobSize(digest)).hasValue(7);
    try (BlobContent blob = repository.blob(digest).orElseThrow();
        InputStream in = blob.openStream(0)) {
      assertThat(in.readAllBytes()).isEqualTo(content.toArray());
      assertThat(blob.digest()).isEqualTo(digest);
    }
  }

  @Test
  void emptyBlobIsBlob() {
    pushBlob(repository, "");

    assertThat(repository.blobSize(digest(""))).hasValue(0);
  }

  @Test
  void wrongContentLeavesNothing() throws IOException {
    assertThatExceptionOfType(InvalidContentException.class)
        .isThrownBy(() -> repository.pushBlob(digest("right"), Bytes.utf8("wrong").asInputStream()))
        .satisfies(wrong -> assertThat(wrong.code()).isEqualTo(ErrorCode.DIGEST_INVALID));

    assertThat(usage()).isEqualTo(new StoreUsage(0, 0, 0, 0));
    assertThat(repository.exists()).isFalse();
  }

  @Test
  void wrongContentForBlobThatIsThereIsRefusedToo() {
    pushBlob(repository, "right");

    assertThatExceptionOfType(InvalidContentException.class)
        .isThrownBy(
            () -> repository.pushBlob(digest("right"), Bytes.utf8("wrong").asInputStream()));
    assertThat(repository.blobSize(digest("right"))).hasValue(5);
  }

  @Test
  void contentThatBreaksOffLeavesNothing() throws IOException {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> repository.pushBlob(digest("content"), broken("con")))
        .withRootCauseExactlyInstanceOf(IOException.class);

    assertThat(usage()).isEqualTo(new StoreUsage(0, 0, 0, 0));
  }

  @Test
  void pushingAgainReadsAllAndRefreshesTheLink() throws IOException {
    pushBlob(repository, "content");
    setup.clock.advance(Duration.ofDays(9));
    InputStream again = Bytes.utf8("content").asInputStream();
    repository.pushBlob(digest("content"), again);

    assertThat(again.read()).isNegative();
    assertThat(linkedAt("team/app", "content")).isEqualTo(setup.clock.instant());
    assertThat(setup.store.blobs().deleteIfUntouchedSince(digest("content"), setup.clock.instant()))
        .isFalse();
  }

  @Test
  void tooLargeContentIsRefusedWhetherItIsThereOrNot() throws IOException {
    TestRegistry small = new TestRegistry(RegistryPolicy.strict().withMaxBlobBytes(4));
    EmbeddedRepository target = small.repository("a");
    pushBlob(target, "1234");

    for (String content : List.of("12345", "123456789")) {
      assertThatExceptionOfType(LimitException.class)
          .isThrownBy(() -> pushBlob(target, content))
          .satisfies(limit -> assertThat(limit.httpStatus()).isEqualTo(413));
    }
    assertThatExceptionOfType(LimitException.class)
        .isThrownBy(() -> target.pushBlob(digest("1234"), broken("12345")));
    assertThat(small.store.blobs().usage()).isEqualTo(new StoreUsage(1, 4, 0, 0));
  }

  @Test
  void blobOfAnotherRepositoryOpensNothing() {
    pushBlob(setup.repository("other"), "content");

    assertThat(repository.blob(digest("content"))).isEmpty();
    assertThat(repository.blobSize(digest("content"))).isEmpty();
  }

  @Test
  void mountMakesBlobKnownWithoutCopy() throws IOException {
    pushBlob(setup.repository("source"), "content");
    setup.clock.advance(GRACE);

    assertThat(repository.mountBlob(digest("content"), RepositoryName.parse("source"))).isTrue();

    assertThat(repository.blobSize(digest("content"))).hasValue(7);
    assertThat(usage().blobs()).isEqualTo(1);
    assertThat(setup.store.blobs().deleteIfUntouchedSince(digest("content"), setup.clock.instant()))
        .isFalse();
  }

  @Test
  void mountNeedsSourceThatHasTheBlob() {
    pushBlob(setup.repository("third"), "content");
    setup.repository("source");

    assertThat(repository.mountBlob(digest("content"), RepositoryName.parse("source"))).isFalse();
    assertThat(repository.mountBlob(digest("content"), repository.name())).isFalse();
    assertThat(repository.exists()).isFalse();
  }

  @Test
  void mountFailsWhenTheBytesAreGone() throws IOException {
    pushBlob(setup.repository("source"), "content");
    setup.clock.advance(GRACE);
    assertThat(setup.store.blobs().deleteIfUntouchedSince(digest("content"), setup.clock.instant()))
        .isTrue();

    assertThat(repository.mountBlob(digest("content"), RepositoryName.parse("source"))).isFalse();
  }

  @Test
  void bytesThatAreGoneAreUnknownUntilTheyArePushedAgain() throws IOException {
    pushBlob(repository, "content");
    setup.clock.advance(GRACE);
    setup.store.blobs().deleteIfUntouchedSince(digest("content"), setup.clock.instant());

    assertThat(repository.blobSize(digest("content"))).isEmpty();
    assertThat(repository.blob(digest("content"))).isEmpty();
    pushBlob(repository, "content");
    assertThat(repository.blobSize(digest("content"))).hasValue(7);
  }

  @Test
  void deletingTakesTheBlobFromThisRepositoryAlone() {
    pushImage(repository, List.of("config", "layer"), "v1");
    setup.repository("other").mountBlob(digest("layer"), repository.name());

    repository.deleteBlob(digest("layer"));

    assertThat(repository.blobSize(digest("layer"))).isEmpty();
    assertThat(setup.repository("other").blobSize(digest("layer"))).hasValue(5);
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> repository.deleteBlob(digest("layer")))
        .satisfies(unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
  }

  @Test
  void lookingAtOldBlobKeepsItForThePushThatFollows() throws IOException {
    pushBlob(repository, "config");
    Instant first = linkedAt("team/app", "config");
    setup.clock.advance(Duration.ofHours(1));
    assertThat(repository.blobSize(digest("config"))).isPresent();
    assertThat(linkedAt("team/app", "config")).isEqualTo(first);

    setup.clock.advance(GRACE);
    assertThat(repository.blobSize(digest("config"))).isPresent();
    assertThat(linkedAt("team/app", "config")).isEqualTo(setup.clock.instant());
    assertThat(setup.store.blobs().deleteIfUntouchedSince(digest("config"), setup.clock.instant()))
        .isFalse();
    repository.pushManifest(image(List.of("config"), ""), Set.of());
  }
}
