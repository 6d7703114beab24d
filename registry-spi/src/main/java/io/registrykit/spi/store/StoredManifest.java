package io.registrykit.spi.store;

import io.registrykit.model.RawManifest;

/**
 * A manifest's bytes and what is known of them. Immutable.
 *
 * @param raw the bytes as they were pushed
 * @param record what is known of them
 */
public record StoredManifest(RawManifest raw, ManifestRecord record) {

  /**
   * Checks that both speak of one manifest.
   *
   * @throws IllegalArgumentException if their digests differ
   */
  public StoredManifest {
    if (!raw.digest().equals(record.digest())) {
      throw new IllegalArgumentException("record is of another manifest");
    }
  }
}
