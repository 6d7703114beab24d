package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreUsage;
import org.junit.jupiter.api.Test;

/** Laws of what a store says it holds. */
abstract class UsageLaws extends StoreLaws {

  private void assertUsage(long blobs, long blobBytes, long uploads, long uploadBytes)
      throws Exception {
    assertEquals(new StoreUsage(blobs, blobBytes, uploads, uploadBytes), blobs().usage());
  }

  @Test
  void isZeroAtFirst() throws Exception {
    assertUsage(0, 0, 0, 0);
  }

  @Test
  void countsABlobOnce() throws Exception {
    Digest digest = push(Samples.content(1, 1_000));
    push(Samples.content(2, 10));
    push(Samples.content(1, 1_000));
    assertUsage(2, 1_010, 0, 0);
    apply(Samples.APP, 1, link(digest, 1_000));
    apply(Samples.OTHER, 1, link(digest, 1_000));
    assertUsage(2, 1_010, 0, 0);
  }

  @Test
  void countsAnUploadUntilItsCommit() throws Exception {
    byte[] content = Samples.content(1, 10_000);
    try (BlobUpload upload = begin(content)) {
      assertUsage(0, 0, 1, 10_000);
      upload.truncate(4_000);
      assertUsage(0, 0, 1, 4_000);
      upload.truncate(0);
      upload.append(FaultyStream.trickling(content, 999));
      upload.commit(Samples.sha256(content));
      assertUsage(1, 10_000, 0, 0);
    }
    assertUsage(1, 10_000, 0, 0);
  }

  @Test
  void countsAnUploadThatWasClosed() throws Exception {
    begin(Samples.content(1, 300)).close();
    assertUsage(0, 0, 1, 300);
    assertEquals(1, blobs().purgeUploads(Samples.at(1)));
    assertUsage(0, 0, 0, 0);
  }

  @Test
  void forgetsAnUploadThatWasAborted() throws Exception {
    try (BlobUpload upload = begin(Samples.content(1, 300))) {
      upload.abort();
    }
    assertUsage(0, 0, 0, 0);
  }

  @Test
  void forgetsABlobThatWasDeleted() throws Exception {
    Digest digest = push(Samples.content(1, 300));
    blobs().deleteIfUntouchedSince(digest, harness.clock().instant().plusSeconds(3_600));
    assertUsage(0, 0, 0, 0);
    blobs().deleteIfUntouchedSince(digest, harness.clock().instant().plusSeconds(3_600));
    assertUsage(0, 0, 0, 0);
  }
}
