package io.registrykit.maintenance;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.index;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.pushImage;
import static io.registrykit.internal.embedded.TestRegistry.raw;
import static io.registrykit.internal.embedded.TestRegistry.subject;
import static io.registrykit.internal.embedded.TestRegistry.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.registrykit.EmbeddedRepository;
import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.event.RegistryEvent;
import io.registrykit.spi.store.Attributes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final RepositoryName NAME = RepositoryName.parse("team/app");

  private final TestRegistry setup = new TestRegistry();
  private final EmbeddedRepository repository = setup.repository(NAME.value());
  private final List<Finding> findings = new ArrayList<>();

  private GarbageCollector.Builder builder() {
    return GarbageCollector.builder(setup.store)
        .clock(setup.clock)
        .listener(
            new CollectionListener() {
              @Override
              public void onFinding(Finding finding) {
                findings.add(finding);
              }
            });
  }

  private GarbageCollector withRetention() {
    return builder().retention(RetentionPolicy.deleteUntaggedAfter(DAY.multipliedBy(7))).build();
  }

  private long storedBlobs() throws IOException {
    return setup.store.blobs().usage().blobs();
  }

  @Test
  void blobThatNoManifestNamesGoesAfterTheGrace() throws IOException {
    pushImage(repository, List.of("config", "layer"), "v1");
    pushBlob(repository, "orphan");

    setup.clock.advance(DAY);
    assertThat(builder().build().collect().unlinkedBlobs()).isZero();
    setup.clock.advance(Duration.ofSeconds(1));
    CollectionReport report = builder().build().collect();

    assertThat(report).isEqualTo(new CollectionReport(1, 1, 3, 0, 1, 1, 6, true));
    assertThat(findings)
        .containsExactly(
            new Finding(Finding.Reason.UNREFERENCED_BLOB, NAME, digest("orphan")),
            new Finding(Finding.Reason.UNLINKED_BLOB, null, digest("orphan")));
    assertThat(repository.blobSize(digest("orphan"))).isEmpty();
    assertThat(repository.blobSize(digest("layer"))).hasValue(5);
    assertThat(storedBlobs()).isEqualTo(2);
  }

  @Test
  void deletedManifestFreesItsBlobsAndSharedOnesStay() throws IOException {
    Digest image = pushImage(repository, List.of("config", "shared", "own"), "v1");
    pushImage(setup.repository("other"), List.of("config2", "shared"), "v1");
    repository.deleteManifest(image);
    setup.clock.advance(DAY.plusSeconds(1));

    builder().build().collect();

    assertThat(repository.blobSize(digest("shared"))).isEmpty();
    assertThat(setup.repository("other").blobSize(digest("shared"))).isPresent();
    assertThat(storedBlobs()).isEqualTo(2);
  }

  @Test
  void deletedRepositoryFreesItsBlobs() throws IOException {
    pushImage(repository, List.of("config", "layer"), "v1");
    repository.delete();
    setup.clock.advance(DAY.plusSeconds(1));

    assertThat(builder().build().collect().deletedBytes()).isEqualTo(11);
    assertThat(storedBlobs()).isZero();
  }

  @Test
  void rehearsalTellsTheSameAndTakesNothing() throws IOException {
    Digest untagged = pushImage(repository, List.of("config", "layer"));
    pushBlob(repository, "orphan");
    setup.clock.advance(DAY.multipliedBy(8));

    CollectionReport rehearsed = withRetention().rehearse();

    assertThat(repository.describe(untagged)).isPresent();
    assertThat(storedBlobs()).isEqualTo(3);
    List<Finding> told = List.copyOf(findings);
    findings.clear();
    CollectionReport collected = withRetention().collect();
    assertThat(findings).containsExactlyInAnyOrderElementsOf(told);
    assertThat(collected.deletedBytes()).isEqualTo(rehearsed.deletedBytes()).isEqualTo(17);
    assertThat(storedBlobs()).isZero();
  }

  @Test
  void manifestsStayUnlessThePolicySaysOtherwise() {
    Digest untagged = pushImage(repository, List.of("config"));
    setup.clock.advance(DAY.multipliedBy(1000));

    builder().build().collect();

    assertThat(repository.describe(untagged)).isPresent();
  }

  @Test
  void untaggedManifestsGoWithTheirBlobs() throws IOException {
    Digest old = pushImage(repository, List.of("config", "old"), "latest");
    pushImage(repository, List.of("config", "new"), "latest");
    setup.clock.advance(DAY.multipliedBy(7).plusSeconds(1));

    List<RegistryEvent> events = new ArrayList<>();
    builder()
        .retention(RetentionPolicy.deleteUntaggedAfter(DAY.multipliedBy(7)))
        .events(events::add)
        .build()
        .collect();

    assertThat(repository.describe(old)).isEmpty();
    assertThat(repository.describe(new Tag("latest"))).isPresent();
    assertThat(storedBlobs()).isEqualTo(2);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RegistryEvent.ManifestDeleted.class,
            deleted -> assertThat(deleted.digest()).isEqualTo(old));
  }

  @Test
  void whatHangsTogetherWithTaggedManifestStays() {
    Digest child = pushImage(repository, List.of("config", "child"));
    Digest inner = repository.pushManifest(index(child), Set.of()).digest();
    Digest outer = repository.pushManifest(index(inner), tags("v1")).digest();
    Digest referrer =
        repository.pushManifest(image(List.of("config"), subject(outer)), Set.of()).digest();
    Digest ofReferrer =
        repository.pushManifest(image(List.of("config"), subject(referrer)), Set.of()).digest();
    Digest ofChild =
        repository.pushManifest(image(List.of("config"), subject(child)), Set.of()).digest();
    setup.clock.advance(DAY.multipliedBy(8));

    assertThat(withRetention().collect().deletedManifests()).isZero();

    assertThat(List.of(child, inner, outer, referrer, ofReferrer, ofChild))
        .allSatisfy(digest -> assertThat(repository.describe(digest)).isPresent());
    repository.deleteTag(new Tag("v1"));
    assertThat(withRetention().collect().deletedManifests()).isEqualTo(6);
  }

  @Test
  void subjectOfTaggedReferrerStays() {
    Digest subject = pushImage(repository, List.of("config"));
    repository.pushManifest(image(List.of("config"), subject(subject)), tags("sbom"));
    setup.clock.advance(DAY.multipliedBy(8));

    assertThat(withRetention().collect().deletedManifests()).isZero();
  }

  @Test
  void tagsOfCosignKeepWhatTheyHold() {
    Digest signed = pushImage(repository, List.of("config", "signed"));
    Digest other = pushImage(repository, List.of("config", "other"));
    pushImage(
        repository,
        List.of("config", "signature"),
        signed.toString().replace(':', '-') + ".sig",
        "sha256-short.sig");
    setup.clock.advance(DAY.multipliedBy(8));

    withRetention().collect();

    assertThat(repository.describe(signed)).isPresent();
    assertThat(repository.describe(other)).isEmpty();
  }

  @Test
  void lockedManifestsStay() {
    Digest locked = pushImage(repository, List.of("config"));
    setup.lock(NAME.value(), locked, Attributes.Use.DELETE);
    Digest inLocked = pushImage(setup.repository("locked"), List.of("config"));
    setup.lock("locked", null, Attributes.Use.WRITE);
    setup.clock.advance(DAY.multipliedBy(8));

    assertThat(withRetention().collect().deletedManifests()).isZero();
    assertThat(repository.describe(locked)).isPresent();
    assertThat(setup.repository("locked").describe(inLocked)).isPresent();
  }

  @Test
  void layerThatNeedNotBeThereStaysWhenItIs() throws IOException {
    pushBlob(repository, "foreign");
    pushBlob(repository, "config");
    repository.pushManifest(
        raw(
            MediaType.OCI_MANIFEST,
            image(List.of("config", "foreign"), "")
                .content()
                .toUtf8()
                .replace("layer.v1.tar+gzip", "layer.nondistributable.v1.tar+gzip")),
        tags("v1"));
    setup.clock.advance(DAY.multipliedBy(8));

    builder().build().collect();

    assertThat(storedBlobs()).isEqualTo(2);
  }

  @Test
  void explainsWhatItKeepsAndWhatItTakes() {
    Digest image = pushImage(repository, List.of("config", "layer"), "v1");
    Digest untagged = pushImage(repository, List.of("config", "old"));
    pushBlob(repository, "orphan");
    pushBlob(setup.repository("other"), "gone");
    setup.repository("other").deleteBlob(digest("gone"));
    setup.clock.advance(DAY.multipliedBy(8));
    pushBlob(repository, "fresh");
    GarbageCollector collector = withRetention();

    assertThat(collector.explain(digest("layer")).holds())
        .containsExactly(new Hold(Hold.Reason.NAMED_BY_MANIFEST, NAME, image.toString()));
    assertThat(collector.explain(digest("fresh")).holds())
        .extracting(Hold::reason)
        .containsExactly(Hold.Reason.RECENTLY_LINKED);
    assertThat(collector.explain(image).holds())
        .containsExactly(new Hold(Hold.Reason.TAGGED, NAME, "v1"));
    assertReasons(collector, untagged, Finding.Reason.UNTAGGED_MANIFEST);
    assertReasons(
        collector, digest("old"), Finding.Reason.UNREFERENCED_BLOB, Finding.Reason.UNLINKED_BLOB);
    assertReasons(
        collector,
        digest("orphan"),
        Finding.Reason.UNREFERENCED_BLOB,
        Finding.Reason.UNLINKED_BLOB);
    assertReasons(collector, digest("gone"), Finding.Reason.UNLINKED_BLOB);
    assertReasons(collector, digest("never seen"));
    assertThat(builder().build().explain(untagged).holds())
        .extracting(Hold::reason)
        .containsExactly(Hold.Reason.POLICY);
  }

  private static void assertReasons(
      GarbageCollector collector, Digest digest, Finding.Reason... reasons) {
    Explanation explanation = collector.explain(digest);
    assertThat(explanation.findings()).extracting(Finding::reason).containsExactly(reasons);
    assertThat(explanation.holds()).isEmpty();
  }

  @Test
  void manyPagesAreWalkedThrough() throws IOException {
    for (int i = 0; i < 1500; i++) {
      pushBlob(repository, "orphan" + i);
    }
    pushImage(repository, List.of("config", "orphan7"), "v1");
    setup.clock.advance(DAY.plusSeconds(1));

    assertThat(builder().build().collect().deletedBlobs()).isEqualTo(1499);
    assertThat(storedBlobs()).isEqualTo(2);
  }

  @Test
  void interruptedCollectionStopsAndSaysSo() throws IOException {
    pushBlob(repository, "orphan");
    setup.clock.advance(DAY.plusSeconds(1));
    Thread.currentThread().interrupt();
    CollectionReport report = builder().maxObjectsPerSecond(1).build().collect();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.complete()).isFalse();
    assertThat(storedBlobs()).isEqualTo(1);
  }

  @Test
  void paceIsKept() {
    for (int i = 0; i < 30; i++) {
      pushBlob(repository, "orphan" + i);
    }
    long start = System.nanoTime();
    builder().maxObjectsPerSecond(200).build().collect();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
  }

  @Test
  void settingsAreChecked() {
    GarbageCollector.Builder builder = builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.grace(Duration.ofSeconds(59)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxObjectsPerSecond(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionPolicy.deleteUntaggedAfter(Duration.ofSeconds(-1)));
  }

  @Test
  void reaperEndsUploadsPastTheirLifetime() throws Exception {
    repository.startUpload(DigestAlgorithm.SHA256).close();
    UploadReaper reaper = new UploadReaper(setup.store.blobs(), DAY, setup.clock);

    assertThat(reaper.reap()).isZero();
    setup.clock.advance(DAY.plusSeconds(1));
    assertThat(reaper.reap()).isEqualTo(1);
    assertThat(setup.store.blobs().usage().uploads()).isZero();
  }
}
