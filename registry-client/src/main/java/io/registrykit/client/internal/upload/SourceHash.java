package io.registrykit.client.internal.upload;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import java.util.Map;

/**
 * Hashes the bytes of a source once, however often parts of them are sent. Blind when an upload
 * goes on that another process began; the registry checks the digest then as ever. Not safe for use
 * by several threads at once.
 */
final class SourceHash {
  private final Digest expected;
  private final Hasher hasher;

  SourceHash(Digest expected) {
    this.expected = expected;
    this.hasher = expected.algorithm().newHasher();
  }

  /** Takes bytes that are about to be sent. */
  void see(long offset, byte[] bytes, int from, int length) {
    long seen = hasher.size();
    if (offset <= seen && offset + length > seen) {
      int skip = (int) (seen - offset);
      hasher.update(bytes, from + skip, length - skip);
    }
  }

  /**
   * Called when the given bytes were the last.
   *
   * @throws InvalidContentException if the source does not have the digest
   */
  void checkWhole(long size) {
    if (hasher.size() == size && !hasher.digest().equals(expected)) {
      throw mismatch(hasher.digest());
    }
  }

  private InvalidContentException mismatch(Digest actual) {
    return new InvalidContentException(
        ErrorCode.DIGEST_INVALID,
        "the content to push does not have the digest",
        Map.of("expected", expected.toString(), "actual", actual.toString()));
  }
}
