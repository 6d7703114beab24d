package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of which repository has which blob. */
abstract class LinkLaws extends StoreLaws {
  private Digest blob = Samples.digest(0);

  @BeforeEach
  void storeABlob() throws Exception {
    blob = push(Samples.content(1, 100));
  }

  private static Change unlink(Digest digest, boolean unreferenced, @Nullable Instant before) {
    return new Change.UnlinkBlob(digest, unreferenced, before);
  }

  @Test
  void makesABlobKnownInOneRepositoryAlone() throws Exception {
    assertTrue(repositories().blobLink(Samples.APP, blob).isEmpty());
    apply(Samples.APP, 3, link(blob, 100));
    BlobLink expected = new BlobLink(blob, 100, Samples.at(3));
    assertEquals(Optional.of(expected), repositories().blobLink(Samples.APP, blob));
    assertEquals(List.of(expected), repositories().blobLinks(Samples.APP, ALL).items());
    assertTrue(repositories().blobLink(Samples.OTHER, blob).isEmpty());
    assertEquals(List.of(), repositories().blobLinks(Samples.OTHER, ALL).items());
  }

  @Test
  void refreshesTheTimeOfALink() throws Exception {
    apply(Samples.APP, 1, link(blob, 100));
    apply(Samples.APP, 5, link(blob, 100));
    assertEquals(
        List.of(new BlobLink(blob, 100, Samples.at(5))),
        repositories().blobLinks(Samples.APP, ALL).items());
  }

  @Test
  void takesABlobOutOfOneRepositoryAlone() throws Exception {
    apply(Samples.APP, 1, link(blob, 100));
    apply(Samples.OTHER, 1, link(blob, 100));
    apply(unlink(blob, true, null));
    assertTrue(repositories().blobLink(Samples.APP, blob).isEmpty());
    assertTrue(repositories().blobLink(Samples.OTHER, blob).isPresent());
    assertEquals(100, blobs().size(blob).orElseThrow());
  }

  @Test
  void cannotTakeOutWhatIsNotThere() throws Exception {
    refuse(0, Rejection.NOT_FOUND, unlink(blob, false, null));
    apply(link(blob, 100));
    refuse(0, Rejection.NOT_FOUND, unlink(Samples.digest(1), false, null));
  }

  @Test
  void leavesABlobThatAManifestNames() throws Exception {
    StoredManifest one = Samples.manifestOf("one", blob);
    StoredManifest two = Samples.manifestOf("two", blob);
    apply(link(blob, 100), put(one), put(two));
    refuse(0, Rejection.REFERENCED, unlink(blob, true, null));
    apply(new Change.DeleteManifest(one.record().digest()));
    refuse(0, Rejection.REFERENCED, unlink(blob, true, null));
    apply(new Change.DeleteManifest(two.record().digest()));
    apply(unlink(blob, true, null));
  }

  @Test
  void countsAManifestThatIsPushedTwiceOnce() throws Exception {
    StoredManifest manifest = Samples.manifestOf("one", blob);
    apply(link(blob, 100), put(manifest));
    apply(put(manifest));
    apply(new Change.DeleteManifest(manifest.record().digest()));
    apply(unlink(blob, true, null));
  }

  @Test
  void takesOutANamedBlobWhenThatIsWanted() throws Exception {
    apply(link(blob, 100), put(Samples.manifestOf("one", blob)));
    apply(unlink(blob, false, null));
    assertTrue(repositories().blobLink(Samples.APP, blob).isEmpty());
  }

  @Test
  void leavesABlobThatWasLinkedAtTheCutoffOrLater() throws Exception {
    apply(Samples.APP, 10, link(blob, 100));
    refuse(0, Rejection.REFERENCED, unlink(blob, true, Samples.at(9)));
    refuse(0, Rejection.REFERENCED, unlink(blob, true, Samples.at(10)));
    apply(unlink(blob, true, Samples.at(11)));
  }

  @Test
  void requiresLinksInTheRepositoryItself() throws Exception {
    apply(Samples.OTHER, 1, link(blob, 100));
    Digest absent = Samples.digest(1);
    assertEquals(
        Set.of(blob, absent),
        refuse(0, Rejection.MISSING_CONTENT, require(Set.of(blob, absent), Set.of())).missing());
    apply(link(blob, 100), require(Set.of(blob), Set.of()));
  }
}
