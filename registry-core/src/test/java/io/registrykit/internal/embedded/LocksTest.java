package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.pushImage;
import static io.registrykit.internal.embedded.TestRegistry.subject;
import static io.registrykit.internal.embedded.TestRegistry.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.registrykit.EmbeddedRepository;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes.Use;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What locks forbid, and what they leave free. */
class LocksTest {
  private static final String NAME = "team/app";

  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository(NAME);
  private Digest image = digest("");

  @BeforeEach
  void pushAnImage() {
    image = pushImage(repository, List.of("config", "layer"), "v1", "v2");
  }

  private static void assertLocked(String what, Runnable operation) {
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(operation::run)
        .satisfies(
            locked -> {
              assertThat(locked.code()).isEqualTo(ErrorCode.UNSUPPORTED);
              assertThat(locked.httpStatus()).isEqualTo(405);
              assertThat(locked.detail()).containsEntry("locked", what);
            });
  }

  @Test
  void tagLockedAgainstWritingIsNeitherMovedNorDeleted() {
    setup.lock(NAME, new Tag("v1"), Use.WRITE);

    assertLocked(
        "v1", () -> repository.pushManifest(image(List.of("config"), ""), tags("v1", "v3")));
    assertLocked("v1", () -> repository.deleteTag(new Tag("v1")));
    assertLocked("v1", () -> repository.deleteManifest(image));
    assertThat(repository.describe(new Tag("v3"))).isEmpty();
    repository.pushManifest(image(List.of("config"), ""), tags("v2"));
    assertThat(repository.describe(new Tag("v1")).orElseThrow().digest()).isEqualTo(image);
  }

  @Test
  void tagLockedAgainstDeletingMayMove() {
    setup.lock(NAME, new Tag("v1"), Use.DELETE);

    assertLocked("v1", () -> repository.deleteTag(new Tag("v1")));
    repository.pushManifest(image(List.of("config"), ""), tags("v1"));
    repository.deleteManifest(image);
    assertThat(repository.describe(new Tag("v1"))).isPresent();
  }

  @Test
  void manifestLockedAgainstDeletingStays() {
    setup.lock(NAME, image, Use.DELETE);

    assertLocked(image.toString(), () -> repository.deleteManifest(image));
    repository.deleteTag(new Tag("v1"));
    assertThat(repository.describe(image)).isPresent();
  }

  @Test
  void manifestLockedAgainstReadingIsReadByNoName() {
    setup.lock(NAME, image, Use.READ);

    assertLocked(image.toString(), () -> repository.manifest(image));
    assertLocked(image.toString(), () -> repository.describe(new Tag("v1")));
  }

  @Test
  void tagLockedAgainstReadingIsReadByDigestAlone() {
    setup.lock(NAME, new Tag("v1"), Use.READ);

    assertLocked("v1", () -> repository.manifest(new Tag("v1")));
    assertThat(repository.manifest(new Tag("v2"))).isPresent();
    assertThat(repository.manifest(image)).isPresent();
  }

  @Test
  void repositoryLockedAgainstWritingTakesNothingAndLosesNothing() {
    try (var upload = repository.startUpload(DigestAlgorithm.SHA256)) {
      upload.append(io.registrykit.model.Bytes.utf8("late").asInputStream());
      setup.lock(NAME, null, Use.WRITE);

      assertLocked(NAME, () -> repository.finishUpload(upload, digest("late")));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertLocked(NAME, () -> repository.startUpload(DigestAlgorithm.SHA256));
    assertLocked(NAME, () -> pushBlob(repository, "config"));
    assertLocked(NAME, () -> pushBlob(repository, "new"));
    assertLocked(NAME, () -> repository.pushManifest(image(List.of("config"), ""), Set.of()));
    assertLocked(NAME, () -> repository.deleteTag(new Tag("v1")));
    assertLocked(NAME, () -> repository.deleteManifest(image));
    assertLocked(NAME, () -> repository.deleteBlob(digest("config")));
    assertLocked(NAME, repository::delete);
    pushBlob(setup.repository("other"), "other");
    assertLocked(NAME, () -> repository.mountBlob(digest("other"), RepositoryName.parse("other")));
    assertThat(repository.manifest(new Tag("v1"))).isPresent();
    assertThat(repository.blobSize(digest("late"))).isEmpty();
  }

  @Test
  void repositoryLockedAgainstDeletingLosesItsImagesAllTheSame() {
    setup.lock(NAME, null, Use.DELETE);

    assertLocked(NAME, repository::delete);
    repository.deleteManifest(image);
    assertThat(repository.exists()).isTrue();
  }

  @Test
  void repositoryLockedAgainstReadingGivesNothingAway() {
    setup.lock(NAME, null, Use.READ);

    assertLocked(NAME, () -> repository.manifest(image));
    assertLocked(NAME, () -> repository.describe(new Tag("v1")));
    assertLocked(NAME, () -> repository.blob(digest("config")));
    assertLocked(NAME, () -> repository.blobSize(digest("config")));
    assertThat(setup.repository("other").mountBlob(digest("config"), repository.name())).isFalse();
  }

  @Test
  void whatIsLockedAgainstListingIsHiddenAndCanBePulled() {
    Digest referrer =
        repository.pushManifest(image(List.of("config"), subject(image)), Set.of()).digest();
    setup.lock(NAME, new Tag("v1"), Use.LIST);
    setup.lock(NAME, referrer, Use.LIST);

    assertThat(repository.tags(PageRequest.first(1)).items()).containsExactly(new Tag("v2"));
    assertThat(repository.referrers(image, null, PageRequest.first(9)).items()).isEmpty();
    assertThat(repository.manifest(new Tag("v1"))).isPresent();
    assertThat(repository.manifest(referrer)).isPresent();
  }
}
