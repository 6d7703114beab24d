package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of manifests that name a subject. */
abstract class ReferrerLaws extends StoreLaws {
  private static final Digest SUBJECT = Samples.digest(1);
  private static final StoredManifest ONE = Samples.referrer("one", SUBJECT);
  private static final StoredManifest TWO = Samples.referrer("two", SUBJECT);

  private List<Digest> referrers(Digest subject) throws Exception {
    return repositories().referrers(Samples.APP, subject, ALL).items().stream()
        .map(ManifestRecord::digest)
        .toList();
  }

  private static List<Digest> sorted(StoredManifest... manifests) {
    return List.of(manifests).stream().map(m -> m.record().digest()).sorted().toList();
  }

  @Test
  void areListedWhetherTheSubjectIsThereOrNot() throws Exception {
    assertEquals(List.of(), referrers(SUBJECT));
    apply(put(ONE), put(TWO), put(Samples.referrer("of another", Samples.digest(2))));
    assertEquals(sorted(ONE, TWO), referrers(SUBJECT));
    StoredManifest subject = Samples.manifest("subject");
    StoredManifest referrer = Samples.referrer("of it", subject.record().digest());
    apply(put(subject), put(referrer));
    assertEquals(sorted(referrer), referrers(subject.record().digest()));
  }

  @Test
  void showTheirTypeAndAnnotations() throws Exception {
    apply(put(ONE));
    ManifestRecord record = repositories().referrers(Samples.APP, SUBJECT, ALL).items().get(0);
    assertEquals(ONE.record().descriptor(), record.descriptor());
  }

  @Test
  void areOfOneRepositoryAlone() throws Exception {
    apply(Samples.OTHER, 1, put(ONE));
    assertEquals(List.of(), referrers(SUBJECT));
  }

  @Test
  void areListedOnceHoweverOftenTheyArePushed() throws Exception {
    apply(put(ONE));
    apply(put(ONE));
    assertEquals(sorted(ONE), referrers(SUBJECT));
  }

  @Test
  void goWhenTheyAreDeleted() throws Exception {
    apply(put(ONE), put(TWO));
    apply(new Change.DeleteManifest(ONE.record().digest()));
    assertEquals(sorted(TWO), referrers(SUBJECT));
    apply(new Change.DeleteManifest(TWO.record().digest()));
    assertEquals(List.of(), referrers(SUBJECT));
  }

  @Test
  void stayWhenTheSubjectIsDeleted() throws Exception {
    StoredManifest subject = Samples.manifest("subject");
    StoredManifest referrer = Samples.referrer("of it", subject.record().digest());
    apply(put(subject), put(referrer));
    apply(new Change.DeleteManifest(subject.record().digest()));
    assertEquals(sorted(referrer), referrers(subject.record().digest()));
  }

  @Test
  void followASubjectThatIsKnownLater() throws Exception {
    StoredManifest plain = Samples.manifest("plain");
    apply(put(plain));
    apply(put(Samples.stored(plain.raw(), SUBJECT, Set.of(), Set.of())));
    assertEquals(sorted(plain), referrers(SUBJECT));
    apply(put(Samples.stored(plain.raw(), Samples.digest(2), Set.of(), Set.of())));
    assertEquals(List.of(), referrers(SUBJECT));
    assertEquals(sorted(plain), referrers(Samples.digest(2)));
  }

  @Test
  void showTheirLocks() throws Exception {
    apply(put(ONE));
    apply(new Change.SetAttributes(ONE.record().digest(), Samples.LOCKED));
    ManifestRecord record = repositories().referrers(Samples.APP, SUBJECT, ALL).items().get(0);
    assertEquals(Samples.LOCKED, record.attributes());
  }
}
