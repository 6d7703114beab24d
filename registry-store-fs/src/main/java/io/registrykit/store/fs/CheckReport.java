package io.registrykit.store.fs;

/**
 * What a check came to. Immutable.
 *
 * @param blobs how many blobs were read
 * @param bytes their bytes
 * @param repositories how many repositories were read
 * @param findings how many things are not as they should be
 * @param repaired how many of them are in order now
 */
public record CheckReport(long blobs, long bytes, long repositories, long findings, long repaired) {

  /**
   * Whether all is in order.
   *
   * @return true when nothing is left to repair
   */
  public boolean isClean() {
    return findings == repaired;
  }
}
