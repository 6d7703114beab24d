package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadStatus;
import java.io.ByteArrayInputStream;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of what is there after a store was closed and opened again. */
abstract class DurabilityLaws extends StoreLaws {
  private static final int STEPS = 120;

  @BeforeEach
  void needsAStoreThatCanBeReopened() {
    assumeTrue(harness.isReopenable(), "the store cannot be opened again");
  }

  private void reopen() throws Exception {
    store = harness.reopen(store);
  }

  @Test
  @RequiresFeature(StoreFeature.DURABLE)
  void hasEverythingAfterEachStepOfASequence() throws Exception {
    RandomOperations operations =
        new RandomOperations(
            RandomOperations.firstSeed(),
            store,
            ReferenceModel.withClock(harness.clock()),
            harness);
    for (int step = 0; step < STEPS; step++) {
      operations.step();
      reopen();
      operations.reopened(store);
      operations.compareAll();
    }
  }

  @Test
  @RequiresFeature(StoreFeature.DURABLE)
  void hasTheBytesOfBlobs() throws Exception {
    byte[] small = Samples.content(1, 1);
    byte[] large = Samples.content(2, 1_000_000);
    push(small);
    push(large);
    reopen();
    assertStored(small);
    assertStored(large);
  }

  @Test
  @RequiresFeature(StoreFeature.DURABLE)
  void forgetsNoTouch() throws Exception {
    var digest = push(Samples.content(1, 10));
    var touched =
        harness.clock().instant().truncatedTo(ChronoUnit.MILLIS).plus(2, ChronoUnit.HOURS);
    blobs().touch(digest, touched);
    reopen();
    assertFalse(blobs().deleteIfUntouchedSince(digest, touched));
    assertStored(Samples.content(1, 10));
  }

  @Test
  @RequiresFeature(StoreFeature.RESUMABLE_UPLOADS)
  void goesOnWithUploads() throws Exception {
    byte[] content = Samples.content(1, 100_000);
    UploadId id;
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      id = upload.id();
      upload.append(new ByteArrayInputStream(content, 0, 60_000));
    }
    reopen();
    assertEquals(
        Optional.of(new UploadStatus(id, Samples.uploadSpec(), 60_000)), blobs().status(id));
    try (BlobUpload upload = blobs().resume(id).orElseThrow()) {
      upload.append(new ByteArrayInputStream(content, 60_000, 40_000));
      upload.commit(Samples.sha256(content));
    }
    assertStored(content);
    assertEquals(0, blobs().usage().uploads());
  }

  @Test
  @RequiresFeature(StoreFeature.RESUMABLE_UPLOADS)
  void letsGoOfUploadsThatWereHeld() throws Exception {
    byte[] content = Samples.content(1, 100);
    BlobUpload upload = begin(content);
    reopen();
    try (BlobUpload again = blobs().resume(upload.id()).orElseThrow()) {
      assertEquals(100, again.size());
      again.commit(Samples.sha256(content));
    }
    assertStored(content);
  }
}
