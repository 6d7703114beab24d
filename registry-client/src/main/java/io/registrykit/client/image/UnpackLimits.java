package io.registrykit.client.image;

/**
 * How much a layer may unpack to. Immutable.
 *
 * @param bytes the most bytes of the archive, without compression
 * @param entries the most files, folders and links
 * @param ratio how many times longer than its compressed form the archive may be
 */
public record UnpackLimits(long bytes, int entries, int ratio) {

  /**
   * Ten GiB, a million entries, a thousandfold: more than images have, less than hurts.
   *
   * @return the limits
   */
  public static UnpackLimits standard() {
    return new UnpackLimits(10L << 30, 1_000_000, 1_000);
  }
}
