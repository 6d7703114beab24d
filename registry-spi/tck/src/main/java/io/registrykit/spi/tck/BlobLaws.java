package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of reading what is stored. */
abstract class BlobLaws extends StoreLaws {

  /** Around the sizes that buffers, pages and chunks have. */
  private static final int[] SIZES = {0, 1, 4_095, 4_096, 4_097, 65_537, 1_048_577};

  @Test
  void promisesTheFeaturesOfTheHarness() {
    Set<StoreFeature> expected = EnumSet.noneOf(StoreFeature.class);
    expected.addAll(harness.features());
    assertEquals(expected, store.features());
  }

  @Test
  void readsBackByteForByte() throws Exception {
    for (int size : SIZES) {
      byte[] content = Samples.content(size, size);
      Digest digest = push(content);
      assertEquals(OptionalLong.of(size), blobs().size(digest));
      assertArrayEquals(content, read(digest), size + " bytes");
    }
  }

  @Test
  void knowsTheDigestAndSizeOfWhatIsOpen() throws Exception {
    Digest digest = push(Samples.content(1, 100));
    try (BlobContent content = blobs().open(digest).orElseThrow()) {
      assertEquals(digest, content.digest());
      assertEquals(100, content.size());
    }
  }

  @Test
  void hasNothingUnderAnUnknownDigest() throws Exception {
    push(Samples.content(1, 10));
    assertEquals(OptionalLong.empty(), blobs().size(Samples.digest(1)));
    assertTrue(blobs().open(Samples.digest(1)).isEmpty());
  }

  @Test
  void readsFromAnyByteOn() throws Exception {
    byte[] bytes = Samples.content(2, 70_000);
    try (BlobContent content = blobs().open(push(bytes)).orElseThrow()) {
      for (int offset : new int[] {0, 1, 4_096, 65_535, 69_999, 70_000}) {
        try (InputStream in = content.openStream(offset)) {
          byte[] rest = Arrays.copyOfRange(bytes, offset, bytes.length);
          assertArrayEquals(rest, in.readAllBytes(), "from " + offset);
          assertEquals(-1, in.read());
        }
      }
    }
  }

  @Test
  void refusesAnOffsetOutsideTheBlob() throws Exception {
    try (BlobContent content = blobs().open(push(Samples.content(3, 10))).orElseThrow()) {
      assertThrows(IndexOutOfBoundsException.class, () -> content.openStream(11));
      assertThrows(IndexOutOfBoundsException.class, () -> content.openStream(-1));
    }
  }

  @Test
  void copiesExactlyTheRunAskedFor() throws Exception {
    byte[] bytes = Samples.content(4, 70_000);
    try (BlobContent content = blobs().open(push(bytes)).orElseThrow()) {
      for (int[] run : new int[][] {{0, 0}, {0, 1}, {4_090, 60_000}, {69_999, 1}, {70_000, 0}}) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(run[1], content.transferTo(run[0], run[1], out));
        assertArrayEquals(Arrays.copyOfRange(bytes, run[0], run[0] + run[1]), out.toByteArray());
      }
    }
  }

  @Test
  void failsToCopyBeyondTheEnd() throws Exception {
    try (BlobContent content = blobs().open(push(Samples.content(5, 10))).orElseThrow()) {
      assertThrows(EOFException.class, () -> content.transferTo(5, 6, new ByteArrayOutputStream()));
    }
  }

  @Test
  void storesUnderSha512() throws Exception {
    byte[] content = Samples.content(6, 1_000);
    Digest digest = Samples.sha512(content);
    try (BlobUpload upload = begin(content)) {
      assertEquals(1_000, upload.commit(digest));
    }
    assertArrayEquals(content, read(digest));
    assertEquals(OptionalLong.empty(), blobs().size(Samples.sha256(content)));
  }

  @Test
  void storesTheSameBytesTwiceAsOnce() throws Exception {
    byte[] content = Samples.content(7, 1_000);
    Digest digest = push(content);
    assertEquals(digest, push(content));
    assertArrayEquals(content, read(digest));
    List<Digest> seen = new ArrayList<>();
    blobs().forEach(seen::add);
    assertEquals(List.of(digest), seen);
  }

  @Test
  void visitsEveryBlobOnce() throws Exception {
    Set<Digest> expected = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      expected.add(push(Samples.content(i, 10 + i)));
    }
    List<Digest> seen = new ArrayList<>();
    blobs().forEach(seen::add);
    assertEquals(expected.size(), seen.size());
    assertEquals(expected, Set.copyOf(seen));
  }

  @Test
  void keepsWhatIsOpenReadableWhenItIsDeleted() throws Exception {
    byte[] bytes = Samples.content(8, 70_000);
    Digest digest = push(bytes);
    try (BlobContent content = blobs().open(digest).orElseThrow();
        InputStream in = content.openStream(0)) {
      byte[] head = in.readNBytes(10);
      assertTrue(
          blobs().deleteIfUntouchedSince(digest, harness.clock().instant().plusSeconds(3_600)));
      assertArrayEquals(Arrays.copyOf(bytes, 10), head);
      assertArrayEquals(Arrays.copyOfRange(bytes, 10, bytes.length), in.readAllBytes());
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      content.transferTo(0, bytes.length, again);
      assertArrayEquals(bytes, again.toByteArray());
    }
  }

  @Test
  void readsInPiecesOfAnySize() throws Exception {
    byte[] bytes = Samples.content(9, 10_000);
    try (BlobContent content = blobs().open(push(bytes)).orElseThrow();
        InputStream in = content.openStream(0)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertEquals(bytes[0] & 0xff, in.read());
      out.write(bytes, 0, 1);
      assertEquals(0, in.read(new byte[5], 5, 0));
      byte[] buffer = new byte[77];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        assertFalse(count == 0, "a read of some bytes brings some");
        out.write(buffer, 0, count);
      }
      assertArrayEquals(bytes, out.toByteArray());
    }
  }

  @Test
  void takesTheLargestReadThatABodyGives() throws Exception {
    byte[] content = Samples.content(10, 300_000);
    try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
      assertEquals(300_000, upload.append(new ByteArrayInputStream(content)));
      upload.commit(Samples.sha256(content));
    }
    assertStored(content);
  }
}
