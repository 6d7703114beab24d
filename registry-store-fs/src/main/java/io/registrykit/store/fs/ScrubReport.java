package io.registrykit.store.fs;

import java.util.List;

/**
 * What a scrub came to. Immutable.
 *
 * @param blobs how many blobs were read
 * @param bytes their bytes
 * @param damaged what was found, blobs that are in quarantine now
 */
public record ScrubReport(long blobs, long bytes, List<Finding> damaged) {

  /** Copies the list. */
  public ScrubReport {
    damaged = List.copyOf(damaged);
  }
}
