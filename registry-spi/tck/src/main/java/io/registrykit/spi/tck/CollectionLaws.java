package io.registrykit.spi.tck;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of what a collector of manifests may take. */
abstract class CollectionLaws extends StoreLaws {
  private static final StoredManifest ONE = Samples.manifest("one");
  private static final Digest DIGEST = ONE.record().digest();
  private static final Instant LATER = Samples.at(100);

  @BeforeEach
  void storeAManifest() throws Exception {
    apply(Samples.APP, 10, put(ONE));
  }

  private static Change unused(Instant updatedBefore) {
    return new Change.RequireUnused(DIGEST, updatedBefore);
  }

  @Test
  void takesAnOldManifestThatNobodyNames() throws Exception {
    apply(unused(LATER), new Change.DeleteManifest(DIGEST));
  }

  @Test
  void leavesAManifestWithATag() throws Exception {
    apply(setTag(Samples.V1, ONE));
    refuse(0, Rejection.REFERENCED, unused(LATER));
    apply(new Change.DeleteTag(Samples.V1, Expected.anything()), unused(LATER));
  }

  @Test
  void leavesAPartOfAnother() throws Exception {
    StoredManifest index = Samples.manifest("index", null, Set.of(), Set.of(DIGEST));
    apply(put(index));
    refuse(0, Rejection.REFERENCED, unused(LATER));
    apply(new Change.DeleteManifest(index.record().digest()), unused(LATER));
  }

  @Test
  void leavesASubject() throws Exception {
    StoredManifest referrer = Samples.referrer("signature", DIGEST);
    apply(put(referrer));
    refuse(0, Rejection.REFERENCED, unused(LATER));
    apply(new Change.DeleteManifest(referrer.record().digest()), unused(LATER));
  }

  @Test
  void leavesAManifestThatWasPushedAtTheCutoffOrLater() throws Exception {
    refuse(0, Rejection.REFERENCED, unused(Samples.at(9)));
    refuse(0, Rejection.REFERENCED, unused(Samples.at(10)));
    apply(unused(Samples.at(11)));
    apply(Samples.APP, 20, put(ONE));
    refuse(0, Rejection.REFERENCED, unused(Samples.at(20)));
  }

  @Test
  void passesOverAManifestThatIsNotThere() throws Exception {
    apply(put(Samples.referrer("of nothing", Samples.digest(1))));
    apply(new Change.RequireUnused(Samples.digest(1), LATER));
    apply(Samples.OTHER, 1, unused(Samples.at(0)));
  }

  @Test
  void looksAtOneRepositoryAlone() throws Exception {
    apply(Samples.OTHER, 1, put(ONE), setTag(Samples.V1, ONE));
    apply(unused(LATER));
  }
}
