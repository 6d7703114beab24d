package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of manifests and what is known of them. */
abstract class ManifestLaws extends StoreLaws {
  private static final StoredManifest ONE = Samples.manifest("one");

  private StoredManifest get(StoredManifest manifest) throws Exception {
    return repositories().manifest(Samples.APP, manifest.record().digest()).orElseThrow();
  }

  @Test
  void readsBackByteForByte() throws Exception {
    byte[] odd = Samples.content(1, 300_000);
    StoredManifest manifest =
        Samples.stored(
            RawManifest.of(MediaType.parse("application/Vnd.Example+JSON"), Bytes.copyOf(odd)),
            null,
            Set.of(),
            Set.of());
    apply(put(manifest));
    RawManifest raw = get(manifest).raw();
    assertEquals(manifest.raw(), raw);
    assertEquals("application/Vnd.Example+JSON", raw.mediaType().value());
  }

  @Test
  void readsBackUnderSha512() throws Exception {
    Bytes content = Bytes.utf8("{}");
    Digest digest = content.digest(DigestAlgorithm.SHA512);
    StoredManifest manifest =
        Samples.stored(
            new RawManifest(MediaType.OCI_MANIFEST, digest, content), null, Set.of(), Set.of());
    apply(put(manifest));
    assertEquals(manifest.raw(), repositories().manifest(Samples.APP, digest).orElseThrow().raw());
  }

  @Test
  void keepsWhatIsKnown() throws Exception {
    StoredManifest manifest =
        Samples.manifest(
            "rich",
            Samples.digest(1),
            Set.of(Samples.digest(2), Samples.digest(3)),
            Set.of(Samples.digest(4)));
    apply(Samples.APP, 5, put(manifest));
    ManifestRecord record = get(manifest).record();
    assertEquals(manifest.record().descriptor(), record.descriptor());
    assertEquals(Samples.digest(1), record.subject());
    assertEquals(Set.of(Samples.digest(2), Samples.digest(3)), record.blobs());
    assertEquals(Set.of(Samples.digest(4)), record.manifests());
    assertEquals(List.of(record), repositories().manifests(Samples.APP, ALL).items());
  }

  @Test
  void keepsTheOrderOfAnnotations() throws Exception {
    StoredManifest manifest = Samples.referrer("annotated", Samples.digest(1));
    apply(put(manifest));
    Map<String, String> annotations = get(manifest).record().descriptor().annotations();
    assertEquals(List.of("z.last", "a.first"), List.copyOf(annotations.keySet()));
  }

  @Test
  void datesAManifestByTheCommit() throws Exception {
    apply(Samples.APP, 5, put(ONE));
    assertEquals(Samples.at(5), get(ONE).record().pushedAt());
    assertEquals(Samples.at(5), get(ONE).record().updatedAt());
  }

  @Test
  void keepsTheFirstTimeWhenItIsPushedAgain() throws Exception {
    apply(Samples.APP, 5, put(ONE));
    apply(Samples.APP, 8, put(ONE));
    assertEquals(Samples.at(5), get(ONE).record().pushedAt());
    assertEquals(Samples.at(8), get(ONE).record().updatedAt());
    assertEquals(1, repositories().manifests(Samples.APP, ALL).items().size());
  }

  @Test
  void keepsLocksWhenItIsPushedAgain() throws Exception {
    apply(put(ONE), new Change.SetAttributes(ONE.record().digest(), Samples.LOCKED));
    apply(put(ONE));
    assertEquals(Samples.LOCKED, get(ONE).record().attributes());
  }

  @Test
  void takesWhatTheSecondPushKnows() throws Exception {
    apply(put(ONE));
    StoredManifest richer =
        Samples.stored(ONE.raw(), Samples.digest(1), Set.of(Samples.digest(2)), Set.of());
    apply(put(richer));
    assertEquals(Samples.digest(1), get(ONE).record().subject());
    assertEquals(Set.of(Samples.digest(2)), get(ONE).record().blobs());
  }

  @Test
  void isKnownInOneRepositoryAlone() throws Exception {
    apply(put(ONE));
    assertTrue(repositories().manifest(Samples.OTHER, ONE.record().digest()).isEmpty());
    assertEquals(List.of(), repositories().manifests(Samples.OTHER, ALL).items());
  }

  @Test
  void goesWithEveryTagOnIt() throws Exception {
    StoredManifest two = Samples.manifest("two");
    apply(put(ONE), put(two), setTag(Samples.V1, ONE), setTag(Samples.V2, two));
    Digest digest = ONE.record().digest();
    var applied = apply(new Change.DeleteManifest(digest));
    assertEquals(Set.of(digest), applied.deletedManifests());
    assertEquals(Map.of(Samples.V1, digest), applied.deletedTags());
    assertTrue(repositories().manifest(Samples.APP, digest).isEmpty());
    assertTrue(repositories().tag(Samples.APP, Samples.V1).isEmpty());
    assertEquals(List.of(), repositories().tagsOf(Samples.APP, digest));
    assertTrue(repositories().tag(Samples.APP, Samples.V2).isPresent());
  }

  @Test
  void cannotBeDeletedWhenItIsNotThere() throws Exception {
    refuse(0, Rejection.NOT_FOUND, new Change.DeleteManifest(ONE.record().digest()));
    apply(put(ONE));
    refuse(0, Rejection.NOT_FOUND, new Change.DeleteManifest(Samples.digest(1)));
  }

  @Test
  void isRequiredInTheRepositoryItself() throws Exception {
    apply(Samples.OTHER, 1, put(ONE));
    Set<Digest> digests = Set.of(ONE.record().digest(), Samples.digest(1));
    assertEquals(
        digests, refuse(0, Rejection.MISSING_CONTENT, require(Set.of(), digests)).missing());
    apply(put(ONE), require(Set.of(), Set.of(ONE.record().digest())));
  }

  @Test
  void comesBackAsNewAfterItsDeletion() throws Exception {
    Digest digest = ONE.record().digest();
    apply(Samples.APP, 1, put(ONE), new Change.SetAttributes(digest, Samples.LOCKED));
    apply(Samples.APP, 2, new Change.DeleteManifest(digest));
    apply(Samples.APP, 3, put(ONE));
    assertEquals(Samples.at(3), get(ONE).record().pushedAt());
    assertEquals(ONE.record().attributes(), get(ONE).record().attributes());
  }
}
