package io.registrykit.model;

/**
 * A run of bytes inside a blob. Immutable.
 *
 * @param offset the first byte, zero or more
 * @param length how many bytes, zero or more
 */
public record ByteRange(long offset, long length) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is negative or their sum is no {@code long}
   */
  public ByteRange {
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("byte range is out of bounds");
    }
  }

  /**
   * The whole of a blob.
   *
   * @param size the length of the blob in bytes
   * @return the range from the first byte to the last
   */
  public static ByteRange whole(long size) {
    return new ByteRange(0, size);
  }

  /**
   * The index behind the last byte.
   *
   * @return offset plus length
   */
  public long end() {
    return offset + length;
  }
}
