package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Laws of storing bytes piece by piece. */
@SuppressWarnings("try") // to close early is what some of them are about
abstract class UploadLaws extends StoreLaws {
  private static final byte[] CONTENT = Samples.content(100, 10_000);
  private static final Digest DIGEST = Samples.sha256(CONTENT);

  private static ByteArrayInputStream part(int from, int to) {
    return new ByteArrayInputStream(CONTENT, from, to - from);
  }

  @Test
  void showsNothingBeforeTheCommit() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
      assertTrue(blobs().open(DIGEST).isEmpty());
      upload.commit(DIGEST);
      assertEquals(OptionalLong.of(CONTENT.length), blobs().size(DIGEST));
    }
  }

  @Test
  void takesBytesInPieces() throws Exception {
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      assertEquals(0, upload.size());
      assertEquals(4_096, upload.append(part(0, 4_096)));
      assertEquals(0, upload.append(part(0, 0)));
      assertEquals(5_904, upload.append(part(4_096, 10_000)));
      assertEquals(10_000, upload.size());
      assertEquals(10_000, upload.commit(DIGEST));
    }
    assertStored(CONTENT);
  }

  @Test
  void takesAnEmptyBlobThatWasNeverAppendedTo() throws Exception {
    byte[] nothing = new byte[0];
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      assertEquals(0, upload.commit(Samples.sha256(nothing)));
    }
    assertStored(nothing);
  }

  @Test
  void keepsWhatWasAppendedWhenItIsClosed() throws Exception {
    UploadId id;
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      id = upload.id();
      upload.append(part(0, 6_000));
    }
    assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
    try (BlobUpload upload = blobs().resume(id).orElseThrow()) {
      assertEquals(id, upload.id());
      assertEquals(6_000, upload.size());
      upload.append(part(6_000, 10_000));
      upload.commit(DIGEST);
    }
    assertStored(CONTENT);
  }

  @Test
  void forgetsWhatWasAborted() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      upload.abort();
      assertEquals(Optional.empty(), blobs().status(upload.id()));
      assertThrows(IOException.class, () -> upload.append(part(0, 1)));
      upload.close();
      assertTrue(blobs().resume(upload.id()).isEmpty());
    }
    assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
  }

  @Test
  void commitsTwiceAsOnce() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      assertEquals(10_000, upload.commit(DIGEST));
      assertEquals(10_000, upload.commit(DIGEST));
    }
    assertStored(CONTENT);
  }

  @Test
  void keepsTheBlobWhenTheUploadIsAbortedAfterItsCommit() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      upload.commit(DIGEST);
      upload.abort();
    }
    assertStored(CONTENT);
  }

  @Test
  void endsWithTheCommit() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      upload.commit(DIGEST);
      assertEquals(Optional.empty(), blobs().status(upload.id()));
      assertThrows(IOException.class, () -> upload.append(part(0, 1)));
      upload.close();
      assertTrue(blobs().resume(upload.id()).isEmpty());
    }
  }

  @Test
  void refusesAnotherDigestAndGoesOn() throws Exception {
    Digest wrong = Samples.digest(1);
    try (BlobUpload upload = begin(CONTENT)) {
      InvalidContentException refused =
          assertThrows(InvalidContentException.class, () -> upload.commit(wrong));
      assertEquals(ErrorCode.DIGEST_INVALID, refused.code());
      assertEquals(OptionalLong.empty(), blobs().size(wrong));
      assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
      assertEquals(10_000, upload.size());
      assertEquals(10_000, upload.commit(DIGEST));
    }
    assertStored(CONTENT);
  }

  @Test
  void keepsWhatArrivedBeforeTheBodyBrokeOff() throws Exception {
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      FaultyStream half = FaultyStream.breakingAfter(Arrays.copyOf(CONTENT, 5_000));
      assertThrows(IOException.class, () -> upload.append(half));
      assertEquals(5_000, upload.size());
      assertEquals(
          5_000, blobs().status(upload.id()).map(UploadStatus::size).orElseThrow().intValue());
      upload.append(part(5_000, 10_000));
      upload.commit(DIGEST);
    }
    assertStored(CONTENT);
  }

  @Test
  void takesABodyThatTrickles() throws Exception {
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      assertEquals(10_000, upload.append(FaultyStream.trickling(CONTENT, 1)));
      upload.commit(DIGEST);
    }
    assertStored(CONTENT);
  }

  @Test
  void leavesTheBodyOpen() throws Exception {
    FaultyStream body = FaultyStream.trickling(CONTENT, 1_000);
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      upload.append(body);
    }
    assertFalse(body.isClosed());
  }

  @Test
  void takesBackTheLastBytes() throws Exception {
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      upload.append(part(0, 6_000));
      upload.append(new ByteArrayInputStream(Samples.content(1, 70_000)));
      upload.truncate(6_000);
      assertEquals(6_000, upload.size());
      upload.append(part(6_000, 10_000));
      upload.commit(DIGEST);
    }
    assertStored(CONTENT);
  }

  @Test
  void takesBackEverything() throws Exception {
    try (BlobUpload upload = begin(Samples.content(1, 5_000))) {
      upload.truncate(0);
      assertEquals(0, upload.size());
      upload.append(part(0, 10_000));
      upload.truncate(10_000);
      upload.commit(DIGEST);
    }
    assertStored(CONTENT);
  }

  @Test
  void refusesToEndWhereItNeverWas() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      assertThrows(IllegalArgumentException.class, () -> upload.truncate(10_001));
      assertThrows(IllegalArgumentException.class, () -> upload.truncate(-1));
      assertEquals(10_000, upload.size());
    }
  }

  @Test
  void commitsUnderAnotherAlgorithmThanItStartedWith() throws Exception {
    Digest sha512 = Samples.sha512(CONTENT);
    try (BlobUpload upload = begin(CONTENT)) {
      upload.commit(sha512);
    }
    UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA512, "", Samples.T0);
    try (BlobUpload upload = blobs().begin(spec)) {
      upload.append(part(0, 10_000));
      upload.commit(DIGEST);
    }
    assertStored(CONTENT);
    assertEquals(OptionalLong.of(10_000), blobs().size(sha512));
  }

  @Test
  void refusesASecondHolder() throws Exception {
    try (BlobUpload upload = begin(CONTENT)) {
      ConflictException refused =
          assertThrows(ConflictException.class, () -> blobs().resume(upload.id()));
      assertEquals(ErrorCode.BLOB_UPLOAD_INVALID, refused.code());
      upload.close();
      try (BlobUpload second = blobs().resume(upload.id()).orElseThrow()) {
        assertThrows(ConflictException.class, () -> blobs().resume(upload.id()));
        upload.close();
        assertThrows(ConflictException.class, () -> blobs().resume(upload.id()));
        assertEquals(10_000, second.size());
      }
    }
  }

  @Test
  void tellsHowAnUploadStands() throws Exception {
    UploadSpec spec =
        new UploadSpec(DigestAlgorithm.SHA512, "team/app \u00fc\u2603 \n\"", Samples.at(7));
    UploadId id;
    try (BlobUpload upload = blobs().begin(spec)) {
      id = upload.id();
      assertEquals(spec, upload.spec());
      assertEquals(Optional.of(new UploadStatus(id, spec, 0)), blobs().status(id));
      upload.append(part(0, 100));
      assertEquals(Optional.of(new UploadStatus(id, spec, 100)), blobs().status(id));
    }
    assertEquals(Optional.of(new UploadStatus(id, spec, 100)), blobs().status(id));
    try (BlobUpload upload = blobs().resume(id).orElseThrow()) {
      assertEquals(spec, upload.spec());
    }
  }

  @Test
  void knowsNoUploadOfAnotherName() throws Exception {
    begin(CONTENT).close();
    assertTrue(blobs().resume(UploadId.random()).isEmpty());
    assertTrue(blobs().status(UploadId.random()).isEmpty());
  }

  @Test
  void doesNothingMoreOnceItIsClosed() throws Exception {
    BlobUpload upload = begin(CONTENT);
    upload.close();
    upload.close();
    assertThrows(IOException.class, () -> upload.append(part(0, 1)));
    assertThrows(IOException.class, () -> upload.truncate(0));
    assertThrows(IOException.class, () -> upload.commit(DIGEST));
    assertThrows(IOException.class, upload::abort);
    assertEquals(OptionalLong.empty(), blobs().size(DIGEST));
    assertEquals(Optional.of(10_000L), blobs().status(upload.id()).map(UploadStatus::size));
  }

  @Test
  void letsTwoUploadsStoreTheSameBytes() throws Exception {
    try (BlobUpload one = begin(CONTENT);
        BlobUpload two = begin(CONTENT)) {
      assertNotEquals(one.id(), two.id());
      assertEquals(10_000, one.commit(DIGEST));
      assertEquals(10_000, two.commit(DIGEST));
    }
    assertStored(CONTENT);
  }

  @Test
  void purgesOldUploadsThatNobodyHolds() throws Exception {
    UploadId old = startedAt(1);
    UploadId atTheCutoff = startedAt(10);
    UploadId young = startedAt(11);
    UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA256, "", Samples.at(2));
    try (BlobUpload held = blobs().begin(spec)) {
      assertEquals(1, blobs().purgeUploads(Samples.at(10)));
      held.append(part(0, 10_000));
      held.commit(DIGEST);
    }
    assertStored(CONTENT);
    assertTrue(blobs().status(old).isEmpty());
    assertTrue(blobs().resume(old).isEmpty());
    assertTrue(blobs().status(atTheCutoff).isPresent());
    assertTrue(blobs().status(young).isPresent());
    assertEquals(0, blobs().purgeUploads(Samples.at(10)));
  }

  private UploadId startedAt(int second) throws IOException {
    UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA256, "", Samples.at(second));
    try (BlobUpload upload = blobs().begin(spec)) {
      upload.append(part(0, 10));
      return upload.id();
    }
  }
}
