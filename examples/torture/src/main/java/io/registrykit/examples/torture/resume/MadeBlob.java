package io.registrykit.examples.torture.resume;

import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import java.util.SplittableRandom;

/**
 * A blob that is made when it is read, the same at each time, so that it may be larger than memory.
 * Immutable.
 *
 * @param seed what its bytes are made from
 * @param length in bytes
 */
record MadeBlob(long seed, long length) {
  private static final int BLOCK = 64 * 1024;

  /** The bytes from a position to the end of its block, at least one; none at the end. */
  byte[] from(long position) {
    long index = position / BLOCK;
    int skipped = (int) (position % BLOCK);
    byte[] block = new byte[(int) Math.min(BLOCK, length - index * BLOCK)];
    new SplittableRandom(seed + index).nextBytes(block);
    byte[] rest = new byte[block.length - skipped];
    System.arraycopy(block, skipped, rest, 0, rest.length);
    return rest;
  }

  /** Its digest, which takes as long as it is. */
  String digest() {
    Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    for (long at = 0; at < length; ) {
      byte[] some = from(at);
      hasher.update(some, 0, some.length);
      at += some.length;
    }
    return hasher.digest().toString();
  }
}
