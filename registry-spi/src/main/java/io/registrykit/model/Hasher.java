package io.registrykit.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A hash and a byte count that run along while content passes. Not safe for use by several threads
 * at once.
 */
public final class Hasher {
  private final DigestAlgorithm algorithm;
  private final MessageDigest hash;
  private long size;

  Hasher(DigestAlgorithm algorithm, MessageDigest hash) {
    this.algorithm = algorithm;
    this.hash = hash;
  }

  /**
   * The algorithm of this hash.
   *
   * @return the algorithm
   */
  public DigestAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Takes a piece of the content.
   *
   * @param bytes the array that holds the piece
   * @param offset where the piece starts
   * @param length how many bytes it has
   */
  public void update(byte[] bytes, int offset, int length) {
    hash.update(bytes, offset, length);
    size += length;
  }

  /**
   * Takes the remaining bytes of a buffer, which has none left afterwards.
   *
   * @param bytes the piece of the content
   */
  public void update(ByteBuffer bytes) {
    size += bytes.remaining();
    hash.update(bytes);
  }

  /**
   * The number of bytes seen so far.
   *
   * @return zero or more
   */
  public long size() {
    return size;
  }

  /**
   * The digest of all bytes seen so far; more may follow.
   *
   * @return the digest
   */
  public Digest digest() {
    try {
      MessageDigest soFar = (MessageDigest) hash.clone();
      return new Digest(algorithm, HexFormat.of().formatHex(soFar.digest()));
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's own digests can be cloned", e);
    }
  }
}
