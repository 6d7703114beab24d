package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of what goes and what stays. */
abstract class DeletionLaws extends StoreLaws {
  private static final byte[] CONTENT = Samples.content(1, 100);
  private static final Digest DIGEST = Samples.sha256(CONTENT);

  /** The present, as coarse as a store may keep it. */
  private Instant now() {
    return harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Instant later(int hours) {
    return now().plus(hours, ChronoUnit.HOURS);
  }

  @Test
  void deletesABlobThatNobodyTouchedSince() throws Exception {
    push(CONTENT);
    assertTrue(blobs().deleteIfUntouchedSince(DIGEST, later(1)));
    assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
    assertTrue(blobs().open(DIGEST).isEmpty());
    List<Digest> seen = new ArrayList<>();
    blobs().forEach(seen::add);
    assertEquals(List.of(), seen);
  }

  @Test
  void leavesABlobThatWasCommittedSince() throws Exception {
    Instant before = now();
    push(CONTENT);
    assertFalse(blobs().deleteIfUntouchedSince(DIGEST, before));
    assertStored(CONTENT);
  }

  @Test
  void leavesABlobThatWasTouchedAtTheCutoffOrLater() throws Exception {
    push(CONTENT);
    Instant touched = later(2);
    assertTrue(blobs().touch(DIGEST, touched));
    assertFalse(blobs().deleteIfUntouchedSince(DIGEST, touched.minusSeconds(1)));
    assertFalse(blobs().deleteIfUntouchedSince(DIGEST, touched));
    assertStored(CONTENT);
    assertTrue(blobs().deleteIfUntouchedSince(DIGEST, touched.plusSeconds(1)));
  }

  @Test
  void forgetsNoTouchByAnEarlierOne() throws Exception {
    push(CONTENT);
    Instant touched = later(5);
    blobs().touch(DIGEST, touched);
    blobs().touch(DIGEST, later(1));
    push(CONTENT);
    assertFalse(blobs().deleteIfUntouchedSince(DIGEST, later(4)));
    assertTrue(blobs().deleteIfUntouchedSince(DIGEST, touched.plusSeconds(1)));
  }

  @Test
  void takesASecondCommitForATouch() throws Exception {
    push(CONTENT);
    Instant first = now();
    Waiting.until("the clock goes on", () -> now().isAfter(first));
    Instant cutoff = now();
    push(CONTENT);
    assertFalse(blobs().deleteIfUntouchedSince(DIGEST, cutoff));
    assertStored(CONTENT);
  }

  @Test
  void knowsNothingToTouchOrDeleteUnderAnUnknownDigest() throws Exception {
    assertFalse(blobs().touch(DIGEST, now()));
    assertFalse(blobs().deleteIfUntouchedSince(DIGEST, later(1)));
    assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
  }

  @Test
  void storesABlobAnewAfterItsDeletion() throws Exception {
    push(CONTENT);
    blobs().touch(DIGEST, later(10));
    blobs().deleteIfUntouchedSince(DIGEST, later(11));
    assertFalse(blobs().touch(DIGEST, now()));
    push(CONTENT);
    assertStored(CONTENT);
    assertTrue(blobs().deleteIfUntouchedSince(DIGEST, later(1)), "the old touch is forgotten");
  }

  @Test
  void deletesARepositoryWithAllThatIsInIt() throws Exception {
    push(CONTENT);
    StoredManifest one = Samples.manifestOf("one", DIGEST);
    StoredManifest two = Samples.referrer("two", one.record().digest());
    Change[] changes = {link(DIGEST, 100), put(one), put(two), setTag(Samples.V1, one)};
    apply(Samples.APP, 1, changes);
    apply(Samples.OTHER, 1, changes);
    StoreDump.Contents other = StoreDump.of(store, List.of()).repositories().get(Samples.OTHER);
    var applied = apply(new Change.DeleteRepository());
    assertEquals(Set.of(one.record().digest(), two.record().digest()), applied.deletedManifests());
    assertEquals(Map.of(Samples.V1, one.record().digest()), applied.deletedTags());
    assertTrue(repositories().repository(Samples.APP).isEmpty());
    assertTrue(repositories().blobLink(Samples.APP, DIGEST).isEmpty());
    assertTrue(repositories().manifest(Samples.APP, one.record().digest()).isEmpty());
    assertTrue(repositories().tag(Samples.APP, Samples.V1).isEmpty());
    assertEquals(
        List.of(), repositories().referrers(Samples.APP, one.record().digest(), ALL).items());
    assertEquals(Map.of(Samples.OTHER, other), StoreDump.of(store, List.of()).repositories());
    assertStored(CONTENT);
  }

  @Test
  void deletesARepositoryOnce() throws Exception {
    apply(put(Samples.manifest("one")));
    apply(new Change.DeleteRepository());
    refuse(0, Rejection.NOT_FOUND, new Change.DeleteRepository());
  }

  @Test
  void makesARepositoryAnewAfterItsDeletion() throws Exception {
    apply(Samples.APP, 1, put(Samples.manifest("one")));
    apply(Samples.APP, 2, new Change.SetAttributes(null, Samples.LOCKED));
    apply(Samples.APP, 3, new Change.DeleteRepository());
    apply(Samples.APP, 4, put(Samples.manifest("two")));
    var record = repositories().repository(Samples.APP).orElseThrow();
    assertEquals(Samples.at(4), record.createdAt());
    assertEquals(Attributes.UNLOCKED, record.attributes());
    assertEquals(1, repositories().manifests(Samples.APP, ALL).items().size());
  }

  @Test
  void replacesARepositoryInOneCommit() throws Exception {
    StoredManifest one = Samples.manifest("one");
    StoredManifest two = Samples.manifest("two");
    apply(Samples.APP, 1, put(one), setTag(Samples.V1, one), setTag(Samples.V2, one));
    var applied =
        apply(Samples.APP, 2, new Change.DeleteRepository(), put(two), setTag(Samples.V1, two));
    assertEquals(Set.of(one.record().digest()), applied.deletedManifests());
    assertEquals(Map.of(Samples.V2, one.record().digest()), applied.deletedTags());
    assertEquals(Map.of(Samples.V1, one.record().digest()), applied.replacedTags());
    assertEquals(Samples.at(2), repositories().repository(Samples.APP).orElseThrow().createdAt());
    assertTrue(repositories().tag(Samples.APP, Samples.V2).isEmpty());
  }
}
