package io.registrykit;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import java.util.List;

/**
 * What a copy would do. Immutable.
 *
 * @param root the digest of what the tags will point to
 * @param manifests the manifests to write, parts before what they are part of
 * @param blobs the blobs, each once
 */
public record CopyPlan(Digest root, List<Descriptor> manifests, List<Blob> blobs) {

  /** Copies the lists. */
  public CopyPlan {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
  }

  /** What happens to a blob. */
  public enum Action {
    /** Nothing: the destination has it. */
    EXISTS,
    /** The destination takes it from the source's repository, or else gets it. */
    MOUNT,
    /** It is sent. */
    TRANSFER
  }

  /**
   * One blob.
   *
   * @param digest the blob
   * @param size its length in bytes
   * @param action what happens to it
   */
  public record Blob(Digest digest, long size, Action action) {}

  /**
   * How much has to be sent.
   *
   * @return bytes of blobs, manifests not counted
   */
  public long bytesToTransfer() {
    return blobs.stream()
        .filter(blob -> blob.action() == Action.TRANSFER)
        .mapToLong(Blob::size)
        .sum();
  }
}
