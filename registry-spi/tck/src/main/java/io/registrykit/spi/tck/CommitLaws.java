package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.StoredManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of commits: all or nothing, in order. */
abstract class CommitLaws extends StoreLaws {
  private static final StoredManifest ONE = Samples.manifest("one");
  private static final StoredManifest TWO = Samples.manifestOf("two", Samples.digest(2));
  private static final Digest FIRST = ONE.record().digest();

  /** A condition that fails. */
  private static final Change REFUSED = require(Set.of(Samples.digest(999)), Set.of());

  private StoreDump dump() throws Exception {
    return StoreDump.of(store, List.of());
  }

  @Test
  void changesNothingWhenItIsRefused() throws Exception {
    apply(link(Samples.digest(1), 1), put(ONE), setTag(Samples.V1, ONE));
    StoreDump before = dump();
    refuse(
        9,
        Rejection.MISSING_CONTENT,
        link(Samples.digest(1), 2),
        link(Samples.digest(2), 2),
        put(TWO),
        setTag(Samples.V1, TWO),
        setTag(Samples.V2, TWO),
        new Change.SetAttributes(Samples.V1, Samples.LOCKED),
        new Change.SetAttributes(FIRST, Samples.LOCKED),
        new Change.SetAttributes(null, Samples.LOCKED),
        new Change.Publish(Samples.event("e")),
        REFUSED);
    assertEquals(before, dump());
  }

  @Test
  void deletesNothingWhenItIsRefused() throws Exception {
    apply(link(Samples.digest(2), 2), put(ONE), put(TWO), setTag(Samples.V1, ONE));
    apply(put(Samples.referrer("referrer", FIRST)), setTag(Samples.V2, TWO));
    StoreDump before = dump();
    refuse(
        4,
        Rejection.MISSING_CONTENT,
        new Change.DeleteTag(Samples.V2, Expected.anything()),
        new Change.DeleteManifest(FIRST),
        new Change.DeleteManifest(TWO.record().digest()),
        new Change.UnlinkBlob(Samples.digest(2), true, null),
        REFUSED);
    assertEquals(before, dump());
  }

  @Test
  void keepsTheRepositoryWhenItIsRefused() throws Exception {
    apply(link(Samples.digest(2), 2), put(ONE), setTag(Samples.V1, ONE));
    StoreDump before = dump();
    refuse(2, Rejection.MISSING_CONTENT, new Change.DeleteRepository(), put(TWO), REFUSED);
    assertEquals(before, dump());
  }

  @Test
  void makesNoRepositoryWhenItIsRefused() throws Exception {
    refuse(1, Rejection.MISSING_CONTENT, put(ONE), REFUSED);
    assertTrue(repositories().repository(Samples.APP).isEmpty());
    assertEquals(List.of(), repositories().repositories(ALL).items());
  }

  @Test
  void stopsAtTheFirstChangeThatIsRefused() throws Exception {
    refuse(
        1,
        Rejection.NOT_FOUND,
        put(ONE),
        new Change.DeleteTag(Samples.V1, Expected.anything()),
        REFUSED);
  }

  @Test
  void letsAChangeSeeThoseBeforeIt() throws Exception {
    Digest blob = Samples.digest(1);
    StoredManifest manifest = Samples.manifestOf("needs", blob);
    apply(
        link(blob, 1),
        put(manifest),
        require(Set.of(blob), Set.of(manifest.record().digest())),
        setTag(Samples.V1, manifest, Expected.absent()),
        setTag(Samples.V1, manifest, Expected.exactly(manifest.record().digest())));
    refuse(
        1,
        Rejection.MISSING_CONTENT,
        new Change.DeleteManifest(manifest.record().digest()),
        setTag(Samples.V2, manifest));
    refuse(
        1,
        Rejection.LOCKED,
        new Change.SetAttributes(Samples.V1, Samples.LOCKED),
        new Change.RequireUnlocked(Samples.V1, Attributes.Use.DELETE));
    apply(
        new Change.DeleteManifest(manifest.record().digest()),
        new Change.UnlinkBlob(blob, true, null));
  }

  @Test
  void tellsTheDifferenceBetweenBeforeAndAfter() throws Exception {
    apply(put(ONE), put(TWO), setTag(Samples.V1, ONE));
    var applied =
        apply(
            new Change.DeleteTag(Samples.V1, Expected.anything()),
            setTag(Samples.V1, TWO),
            setTag(Samples.V2, ONE),
            new Change.DeleteTag(Samples.V2, Expected.anything()),
            new Change.DeleteManifest(FIRST),
            put(ONE));
    assertEquals(Map.of(Samples.V1, FIRST), applied.replacedTags());
    assertEquals(Map.of(), applied.deletedTags());
    assertEquals(Set.of(), applied.deletedManifests());
  }

  @Test
  void needsAChange() throws Exception {
    assertThrows(
        IllegalArgumentException.class,
        () -> repositories().commit(Samples.APP, Samples.T0, List.of()));
  }

  @Test
  void makesARepositoryWithItsFirstBlobOrManifest() throws Exception {
    assertTrue(repositories().repository(Samples.APP).isEmpty());
    apply(Samples.APP, 1, link(Samples.digest(1), 1));
    apply(Samples.OTHER, 2, put(ONE));
    assertEquals(List.of(Samples.APP, Samples.OTHER), repositories().repositories(ALL).items());
    assertEquals(
        Optional.of(
            new RepositoryRecord(
                Samples.OTHER, Samples.at(2), Samples.at(2), 1, 0, Attributes.UNLOCKED)),
        repositories().repository(Samples.OTHER));
  }

  @Test
  void makesNoRepositoryByConditionsAndEvents() throws Exception {
    apply(
        require(Set.of(), Set.of()),
        new Change.RequireUnlocked(null, Attributes.Use.WRITE),
        new Change.Publish(Samples.event("e")));
    assertTrue(repositories().repository(Samples.APP).isEmpty());
    assertEquals(List.of(), repositories().repositories(ALL).items());
    refuse(0, Rejection.NOT_FOUND, new Change.SetAttributes(null, Samples.LOCKED));
    refuse(0, Rejection.NOT_FOUND, new Change.DeleteRepository());
  }

  @Test
  void datesAndCountsARepository() throws Exception {
    apply(Samples.APP, 1, put(ONE), put(TWO), setTag(Samples.V1, ONE));
    apply(Samples.APP, 5, setTag(Samples.V2, ONE));
    apply(Samples.APP, 9, require(Set.of(), Set.of(FIRST)));
    assertEquals(
        Optional.of(
            new RepositoryRecord(
                Samples.APP, Samples.at(1), Samples.at(5), 2, 2, Attributes.UNLOCKED)),
        repositories().repository(Samples.APP));
    apply(Samples.APP, 6, new Change.DeleteManifest(FIRST));
    assertEquals(
        Optional.of(
            new RepositoryRecord(
                Samples.APP, Samples.at(1), Samples.at(6), 1, 0, Attributes.UNLOCKED)),
        repositories().repository(Samples.APP));
  }

  @Test
  void keepsARepositoryThatHasNothingLeft() throws Exception {
    apply(put(ONE));
    apply(new Change.DeleteManifest(FIRST));
    assertTrue(repositories().repository(Samples.APP).isPresent());
    assertEquals(List.of(Samples.APP), repositories().repositories(PageRequest.first(1)).items());
  }
}
