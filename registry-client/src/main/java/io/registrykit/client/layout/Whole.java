package io.registrykit.client.layout;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Moves content from its first byte to its last. */
final class Whole {
  private Whole() {}

  static Bytes read(BlobContent content, int limit) throws IOException {
    try (InputStream in = content.openStream(0)) {
      return Bytes.readFrom(in, limit)
          .orElseThrow(() -> LimitException.tooLarge("the file is too large", limit));
    }
  }

  /**
   * Copies content and checks it.
   *
   * @throws InvalidContentException if the content has another digest
   */
  static void copy(InputStream from, OutputStream to, Digest expected) throws IOException {
    Hasher hasher = expected.algorithm().newHasher();
    copy(from, to, hasher);
    check(expected, hasher);
  }

  static void copy(InputStream from, OutputStream to, Hasher hasher) throws IOException {
    byte[] buffer = new byte[BlobContent.COPY_BUFFER_SIZE];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      hasher.update(buffer, 0, count);
      to.write(buffer, 0, count);
    }
  }

  static void check(Digest expected, Hasher hasher) {
    Digest actual = hasher.digest();
    if (!actual.equals(expected)) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          "the content does not have the digest",
          Map.of("expected", expected.toString(), "actual", actual.toString()));
    }
  }
}
