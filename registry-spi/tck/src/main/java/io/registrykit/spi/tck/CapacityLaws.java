package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.registrykit.error.LimitException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.spi.store.StoredManifest;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of a store that is full. */
abstract class CapacityLaws extends StoreLaws {
  private static final int CAP = 10_000;
  private static final int INSUFFICIENT_STORAGE = 507;

  @BeforeEach
  void openASmallStore() throws Exception {
    Optional<StoreHarness.CappedOpener> opener = harness.cappedOpener();
    assumeTrue(opener.isPresent(), "the harness gives no store with a cap");
    store.close();
    store = opener.orElseThrow().open(CAP);
  }

  private static void assertFull(LimitException refused) {
    assertEquals(INSUFFICIENT_STORAGE, refused.httpStatus());
  }

  @Test
  void takesAllThatFits() throws Exception {
    assertThatAllThatFitsIsTaken();
  }

  private void assertThatAllThatFitsIsTaken() throws Exception {
    byte[] content = Samples.content(1, CAP);
    push(content);
    assertStored(content);
  }

  @Test
  void refusesABufferThatDoesNotFitAndKeepsNoneOfIt() throws Exception {
    try (BlobUpload upload = begin(Samples.content(1, 100))) {
      byte[] tooMuch = Samples.content(2, CAP);
      assertFull(
          assertThrows(
              LimitException.class, () -> upload.append(new ByteArrayInputStream(tooMuch))));
      long kept = upload.size();
      assertTrue(kept >= 100 && kept <= CAP, kept + " bytes");
      assertEquals(new StoreUsage(0, 0, 1, kept), blobs().usage());
      upload.truncate(100);
      upload.append(new ByteArrayInputStream(Samples.content(3, 10)));
      assertEquals(110, upload.size());
    }
  }

  @Test
  void hasRoomAgainAfterAnAbort() throws Exception {
    try (BlobUpload upload = begin(Samples.content(1, CAP))) {
      assertThrows(LimitException.class, () -> begin(new byte[] {1}).close());
      upload.abort();
    }
    assertThatAllThatFitsIsTaken();
  }

  @Test
  void hasRoomAgainAfterADeletion() throws Exception {
    Digest digest = push(Samples.content(2, CAP));
    blobs().deleteIfUntouchedSince(digest, harness.clock().instant().plusSeconds(3_600));
    assertThatAllThatFitsIsTaken();
  }

  @Test
  void takesTheSameBlobForNothing() throws Exception {
    byte[] half = Samples.content(1, CAP / 2);
    push(half);
    push(half);
    push(half);
    push(Samples.content(2, CAP / 2));
  }

  @Test
  void refusesAManifestThatDoesNotFitWithAllOfItsCommit() throws Exception {
    push(Samples.content(1, CAP - 10));
    StoredManifest manifest = Samples.manifest("that does not fit");
    StoreDump before = StoreDump.of(store, List.of());
    assertFull(
        assertThrows(
            LimitException.class,
            () -> apply(link(Samples.digest(1), 1), put(manifest), setTag(Samples.V1, manifest))));
    assertEquals(before, StoreDump.of(store, List.of()));
  }
}
