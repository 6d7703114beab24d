package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of tags, and of changes that depend on what a tag is. */
abstract class TagLaws extends StoreLaws {
  private static final StoredManifest ONE = Samples.manifest("one");
  private static final StoredManifest TWO = Samples.manifest("two");
  private static final Digest FIRST = ONE.record().digest();
  private static final Digest SECOND = TWO.record().digest();

  @BeforeEach
  void storeManifests() throws Exception {
    apply(put(ONE), put(TWO));
  }

  private Optional<TagRecord> v1() throws Exception {
    return repositories().tag(Samples.APP, Samples.V1);
  }

  private static Change delete(Expected expected) {
    return new Change.DeleteTag(Samples.V1, expected);
  }

  @Test
  void pointsToItsManifest() throws Exception {
    assertTrue(v1().isEmpty());
    var applied = apply(Samples.APP, 3, setTag(Samples.V1, ONE));
    assertEquals(Map.of(), applied.replacedTags());
    TagRecord expected =
        new TagRecord(Samples.V1, FIRST, Samples.at(3), Samples.at(3), Attributes.UNLOCKED);
    assertEquals(Optional.of(expected), v1());
    assertEquals(List.of(expected), repositories().tags(Samples.APP, ALL).items());
    assertTrue(repositories().tag(Samples.OTHER, Samples.V1).isEmpty());
  }

  @Test
  void keepsItsFirstTimeAndLocksWhenItMoves() throws Exception {
    apply(Samples.APP, 3, setTag(Samples.V1, ONE));
    apply(Samples.APP, 4, new Change.SetAttributes(Samples.V1, Samples.LOCKED));
    var applied = apply(Samples.APP, 5, setTag(Samples.V1, TWO));
    assertEquals(Map.of(Samples.V1, FIRST), applied.replacedTags());
    assertEquals(
        Optional.of(
            new TagRecord(Samples.V1, SECOND, Samples.at(3), Samples.at(5), Samples.LOCKED)),
        v1());
  }

  @Test
  void needsAManifestOfTheRepository() throws Exception {
    StoredManifest elsewhere = Samples.manifest("elsewhere");
    apply(Samples.OTHER, 1, put(elsewhere));
    assertEquals(
        Set.of(elsewhere.record().digest()),
        refuse(0, Rejection.MISSING_CONTENT, setTag(Samples.V1, elsewhere)).missing());
    assertTrue(v1().isEmpty());
  }

  @Test
  void isSetOnlyWhenAbsentIfThatIsExpected() throws Exception {
    apply(setTag(Samples.V1, ONE, Expected.absent()));
    refuse(0, Rejection.TAG_CONFLICT, setTag(Samples.V1, TWO, Expected.absent()));
    assertEquals(FIRST, v1().orElseThrow().target());
  }

  @Test
  void isMovedOnlyFromWhatIsExpected() throws Exception {
    refuse(0, Rejection.TAG_CONFLICT, setTag(Samples.V1, ONE, Expected.exactly(FIRST)));
    apply(setTag(Samples.V1, ONE));
    refuse(0, Rejection.TAG_CONFLICT, setTag(Samples.V1, TWO, Expected.exactly(SECOND)));
    assertEquals(FIRST, v1().orElseThrow().target());
    apply(setTag(Samples.V1, TWO, Expected.exactly(FIRST)));
    assertEquals(SECOND, v1().orElseThrow().target());
  }

  @Test
  void canBeSetToWhatItIsWhateverIsExpected() throws Exception {
    apply(Samples.APP, 1, setTag(Samples.V1, ONE));
    var applied = apply(Samples.APP, 2, setTag(Samples.V1, ONE, Expected.absent()));
    assertEquals(Map.of(), applied.replacedTags());
    apply(Samples.APP, 3, setTag(Samples.V1, ONE, Expected.exactly(SECOND)));
    assertEquals(
        Optional.of(
            new TagRecord(Samples.V1, FIRST, Samples.at(1), Samples.at(3), Attributes.UNLOCKED)),
        v1());
  }

  @Test
  void isDeletedAndLeavesItsManifest() throws Exception {
    apply(setTag(Samples.V1, ONE), setTag(Samples.V2, ONE));
    var applied = apply(delete(Expected.anything()));
    assertEquals(Map.of(Samples.V1, FIRST), applied.deletedTags());
    assertEquals(Set.of(), applied.deletedManifests());
    assertTrue(v1().isEmpty());
    assertEquals(List.of(Samples.V2), repositories().tagsOf(Samples.APP, FIRST));
    assertTrue(repositories().manifest(Samples.APP, FIRST).isPresent());
  }

  @Test
  void isDeletedOnlyIfItIsAsExpected() throws Exception {
    apply(setTag(Samples.V1, ONE));
    refuse(0, Rejection.TAG_CONFLICT, delete(Expected.exactly(SECOND)));
    refuse(0, Rejection.TAG_CONFLICT, delete(Expected.absent()));
    assertTrue(v1().isPresent());
    apply(delete(Expected.exactly(FIRST)));
    assertTrue(v1().isEmpty());
  }

  @Test
  void cannotBeDeletedWhenItIsNotThere() throws Exception {
    refuse(0, Rejection.NOT_FOUND, delete(Expected.anything()));
    refuse(0, Rejection.NOT_FOUND, delete(Expected.absent()));
    refuse(0, Rejection.NOT_FOUND, delete(Expected.exactly(FIRST)));
  }

  @Test
  void comesBackAsNewAfterItsDeletion() throws Exception {
    apply(Samples.APP, 1, setTag(Samples.V1, ONE));
    apply(new Change.SetAttributes(Samples.V1, Samples.LOCKED));
    apply(Samples.APP, 2, delete(Expected.anything()));
    apply(Samples.APP, 3, setTag(Samples.V1, ONE, Expected.absent()));
    assertEquals(
        Optional.of(
            new TagRecord(Samples.V1, FIRST, Samples.at(3), Samples.at(3), Attributes.UNLOCKED)),
        v1());
  }

  @Test
  void isListedWithItsManifest() throws Exception {
    apply(setTag(Tag.parse("b"), ONE), setTag(Tag.parse("B"), ONE), setTag(Tag.parse("a"), TWO));
    assertEquals(
        List.of(Tag.parse("B"), Tag.parse("b")), repositories().tagsOf(Samples.APP, FIRST));
    apply(setTag(Tag.parse("b"), TWO));
    assertEquals(List.of(Tag.parse("B")), repositories().tagsOf(Samples.APP, FIRST));
    assertEquals(
        List.of(Tag.parse("a"), Tag.parse("b")), repositories().tagsOf(Samples.APP, SECOND));
    assertEquals(List.of(), repositories().tagsOf(Samples.OTHER, FIRST));
  }

  @Test
  void ofOneCommitAreAllSet() throws Exception {
    apply(put(ONE), setTag(Samples.V1, ONE), setTag(Samples.V2, ONE));
    assertEquals(List.of(Samples.V1, Samples.V2), repositories().tagsOf(Samples.APP, FIRST));
  }
}
