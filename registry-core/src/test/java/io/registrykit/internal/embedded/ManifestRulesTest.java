package io.registrykit.internal.embedded;

import static io.registrykit.internal.embedded.TestRegistry.descriptor;
import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.index;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.pushImage;
import static io.registrykit.internal.embedded.TestRegistry.raw;
import static io.registrykit.internal.embedded.TestRegistry.subject;
import static io.registrykit.internal.embedded.TestRegistry.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestRulesTest {
  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository("team/app");

  private static InvalidContentException refusal(
      EmbeddedRepository repository, RawManifest manifest) {
    InvalidContentException refusal =
        catchThrowableOfType(
            InvalidContentException.class,
            () -> repository.pushManifest(manifest, tags("refused")));
    assertThat(refusal).isNotNull();
    assertThat(repository.describe(manifest.digest())).isEmpty();
    assertThat(repository.describe(new Tag("refused"))).isEmpty();
    return refusal;
  }

  private static void assertMissing(InvalidContentException refusal, Object... digests) {
    assertThat(refusal.errors())
        .allSatisfy(error -> assertThat(error.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN))
        .extracting(error -> error.detail().get("digest"))
        .containsExactlyInAnyOrder(Stream.of(digests).map(Object::toString).toArray(String[]::new));
  }

  @Test
  void manifestIsServedByteForByte() {
    pushBlob(repository, "config");
    RawManifest manifest =
        raw(
            MediaType.OCI_MANIFEST,
            "\n{ \"layers\" : [ ],\t\"schemaVersion\":2, \"config\": "
                + descriptor(MediaType.OCI_CONFIG, digest("config"), 6)
                + " }\n\n");

    Descriptor pushed = repository.pushManifest(manifest, tags("v1", "V1"));

    assertThat(pushed)
        .isEqualTo(
            new Descriptor(MediaType.OCI_MANIFEST, manifest.digest(), manifest.content().length()));
    for (String tag : List.of("v1", "V1")) {
      assertThat(repository.manifest(new Tag(tag))).contains(manifest);
      assertThat(repository.describe(new Tag(tag))).contains(pushed);
    }
    assertThat(repository.manifest(manifest.digest())).contains(manifest);
  }

  @Test
  void everyMissingBlobIsNamed() {
    pushBlob(repository, "here");
    InvalidContentException refusal =
        refusal(repository, image(List.of("config", "here", "layer"), ""));

    assertMissing(refusal, digest("config"), digest("layer"));
  }

  @Test
  void blobOfAnotherRepositoryIsMissingHere() {
    pushImage(setup.repository("other"), List.of("config"), "v1");

    assertMissing(refusal(repository, image(List.of("config"), "")), digest("config"));
  }

  @Test
  void digestThatNoRepositoryCanHoldIsMissing() {
    String layer = descriptor(MediaType.OCI_LAYER_GZIP, "blake3:QUJD", 1);
    pushBlob(repository, "config");
    RawManifest manifest =
        raw(
            MediaType.OCI_MANIFEST,
            "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                .formatted(descriptor(MediaType.OCI_CONFIG, digest("config"), 6), layer));

    assertMissing(refusal(repository, manifest), "blake3:QUJD");
  }

  @Test
  void layersThatNobodyPushesAreNotNeeded() {
    pushBlob(repository, "config");
    String foreign =
        descriptor(
            new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"),
            digest("foreign"),
            7);
    RawManifest manifest =
        raw(
            MediaType.DOCKER_MANIFEST,
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(
                    MediaType.DOCKER_MANIFEST,
                    descriptor(MediaType.DOCKER_CONFIG, digest("config"), 6),
                    foreign));

    assertThat(repository.pushManifest(manifest, tags("v1")).digest()).isEqualTo(manifest.digest());
  }

  @Test
  void childrenComeBeforeTheirIndex() {
    Digest child = pushImage(repository, List.of("config", "layer"));
    Digest absent = digest("absent");

    assertMissing(refusal(repository, index(child, absent)), absent);
    RawManifest index = index(child);
    repository.pushManifest(index, tags("multi"));
    repository.pushManifest(index(index.digest()), tags("nested"));
    repository.pushManifest(index(), tags("empty"));
    assertThat(repository.tags(PageRequest.first(10)).items())
        .containsExactly(new Tag("empty"), new Tag("multi"), new Tag("nested"));
  }

  @Test
  void sparsePoliciesLetContentBeMissing() {
    RegistryPolicy strict = RegistryPolicy.strict();
    EmbeddedRepository sparseIndexes =
        new TestRegistry(strict.withSparseIndexes(true)).repository("a");
    EmbeddedRepository sparseImages =
        new TestRegistry(strict.withSparseImages(true)).repository("a");

    sparseIndexes.pushManifest(index(digest("absent")), tags("v1"));
    refusal(sparseIndexes, image(List.of("config"), ""));
    sparseImages.pushManifest(image(List.of("config"), ""), tags("v1"));
    refusal(sparseImages, index(digest("absent")));
  }

  @Test
  void manifestMayBeNamedBySha512() {
    pushBlob(repository, "config");
    Bytes content = image(List.of("config"), "").content();
    RawManifest manifest =
        new RawManifest(MediaType.OCI_MANIFEST, content.digest(DigestAlgorithm.SHA512), content);

    repository.pushManifest(manifest, tags("v1"));

    assertThat(repository.manifest(new Tag("v1"))).contains(manifest);
    assertThat(repository.describe(content.digest(DigestAlgorithm.SHA256))).isEmpty();
  }

  @Test
  void subjectMayComeLaterAndReferrersAreFiltered() {
    Digest absent = digest("absent");
    pushBlob(repository, "config");
    RawManifest sbom =
        image(
            List.of("config"),
            ",\"artifactType\":\"application/vnd.sbom\",\"annotations\":{\"z\":\"1\",\"a\":\"2\"}"
                + subject(absent));
    RawManifest signature = image(List.of("config"), subject(absent));
    repository.pushManifest(sbom, Set.of());
    repository.pushManifest(signature, Set.of());

    PageRequest all = PageRequest.first(10);
    assertThat(repository.referrers(absent, null, all).items())
        .extracting(Descriptor::digest)
        .containsExactlyInAnyOrder(sbom.digest(), signature.digest())
        .isSorted();
    Descriptor only =
        repository.referrers(absent, new MediaType("application/vnd.sbom"), all).items().get(0);
    assertThat(only.digest()).isEqualTo(sbom.digest());
    assertThat(only.size()).isEqualTo(sbom.content().length());
    assertThat(only.annotations()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
    assertThat(repository.referrers(absent, MediaType.OCI_CONFIG, all).items())
        .extracting(Descriptor::digest)
        .containsExactly(signature.digest());

    repository.deleteManifest(sbom.digest());
    assertThat(repository.referrers(absent, null, all).items()).hasSize(1);
    assertThat(setup.repository("unknown").referrers(absent, null, all).items()).isEmpty();
  }

  @Test
  void filteredPagesAreFullAndGoOn() {
    Digest subject = digest("subject");
    pushBlob(repository, "config");
    for (int i = 0; i < 30; i++) {
      String type = i % 3 == 0 ? "a/wanted" : "a/other";
      repository.pushManifest(
          image(
              List.of("config"),
              ",\"artifactType\":\"%s\",\"x\":%d%s".formatted(type, i, subject(subject))),
          Set.of());
    }

    var first = repository.referrers(subject, new MediaType("a/wanted"), PageRequest.first(7));
    assertThat(first.items()).hasSize(7);
    var rest =
        repository.referrers(
            subject,
            new MediaType("a/wanted"),
            PageRequest.first(7).next(first.nextAfter().orElseThrow()));
    assertThat(rest.items()).hasSize(3).doesNotContainAnyElementsOf(first.items());
    assertThat(rest.next()).isNull();
  }

  @Test
  void deletingManifestTakesItsTags() {
    Digest image = pushImage(repository, List.of("config"), "v1", "v2");
    Digest other = pushImage(repository, List.of("config", "layer"), "v3");

    repository.deleteManifest(image);

    assertThat(repository.describe(image)).isEmpty();
    assertThat(repository.describe(new Tag("v1"))).isEmpty();
    assertThat(repository.tags(PageRequest.first(10)).items()).containsExactly(new Tag("v3"));
    assertThat(repository.describe(other)).isPresent();
  }

  @Test
  void deletingTagLeavesItsManifest() {
    Digest image = pushImage(repository, List.of("config"), "v1", "v2");

    repository.deleteTag(new Tag("v1"));

    assertThat(repository.describe(new Tag("v1"))).isEmpty();
    assertThat(repository.describe(new Tag("v2"))).isPresent();
    assertThat(repository.describe(image)).isPresent();
  }

  @Test
  void whatIsNotThereCannotBeDeleted() {
    pushImage(repository, List.of("config"), "v1");

    assertUnknown(ErrorCode.MANIFEST_UNKNOWN, () -> repository.deleteTag(new Tag("v2")));
    assertUnknown(ErrorCode.MANIFEST_UNKNOWN, () -> repository.deleteManifest(digest("config")));
    assertUnknown(ErrorCode.NAME_UNKNOWN, () -> setup.repository("unknown").delete());
  }

  private static void assertUnknown(ErrorCode code, Runnable deletion) {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(deletion::run)
        .satisfies(unknown -> assertThat(unknown.code()).isEqualTo(code));
  }

  @Test
  void deletingRepositoryTakesEverything() {
    Digest image = pushImage(repository, List.of("config"), "v1");
    assertThat(repository.exists()).isTrue();

    repository.delete();

    assertThat(repository.exists()).isFalse();
    assertThat(repository.describe(image)).isEmpty();
    assertThat(repository.blobSize(digest("config"))).isEmpty();
    assertThat(setup.registry.repositories(PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  void tooManyTagsAndTooLargeManifestsAreRefused() {
    pushBlob(repository, "config");
    String[] many = IntStream.range(0, 101).mapToObj(i -> "t" + i).toArray(String[]::new);
    assertLimit(414, () -> repository.pushManifest(image(List.of("config"), ""), tags(many)));

    EmbeddedRepository small =
        new TestRegistry(RegistryPolicy.strict().withMaxManifestBytes(10)).repository("a");
    assertLimit(413, () -> small.pushManifest(image(List.of("config"), ""), tags()));
  }

  private static void assertLimit(int status, Runnable push) {
    assertThatExceptionOfType(LimitException.class)
        .isThrownBy(push::run)
        .satisfies(limit -> assertThat(limit.httpStatus()).isEqualTo(status));
  }

  @Test
  void pagesAreNoLongerThanThePolicyAllows() {
    TestRegistry narrow = new TestRegistry(RegistryPolicy.strict().withMaxPageEntries(2));
    pushImage(narrow.repository("a"), List.of("config"), "1", "2", "3");

    var page = narrow.repository("a").tags(PageRequest.first(100));
    assertThat(page.items()).containsExactly(new Tag("1"), new Tag("2"));
    assertThat(page.next()).isEqualTo("2");
  }
}
