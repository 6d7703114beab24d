package io.registrykit;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a copy would do. Immutable.
 *
 * @param root the digest of what the tags will point to
 * @param manifests the manifests to write, parts before what they are part of
 * @param blobs the blobs, each once
 * @param tags the tags to set, those included that come along with what refers to the root
 */
public record CopyPlan(Digest root, List<Manifest> manifests, List<Blob> blobs, List<Target> tags) {

  /** Copies the lists. */
  public CopyPlan {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
    tags = List.copyOf(tags);
  }

  /** What happens to a blob or a manifest. */
  public enum Action {
    /** The destination has it. */
    EXISTS,
    /** The destination takes it from the source's repository, or else gets it; blobs only. */
    MOUNT,
    /** It is sent. */
    TRANSFER
  }

  /**
   * One manifest. One that exists is put again all the same, because that is how its tags are set
   * and its subject is noted.
   *
   * @param descriptor its type, digest and size
   * @param action what happens to it
   */
  public record Manifest(Descriptor descriptor, Action action) {}

  /**
   * One blob.
   *
   * @param digest the blob
   * @param size its length in bytes
   * @param action what happens to it
   */
  public record Blob(Digest digest, long size, Action action) {}

  /**
   * One tag.
   *
   * @param tag the tag
   * @param before what it points to at the destination, or empty when it is new
   * @param after what it will point to
   */
  public record Target(Tag tag, Optional<Digest> before, Digest after) {

    /**
     * Whether it points to something else at the destination, which it takes its name from.
     *
     * @return false when it is new, or stays
     */
    public boolean moves() {
      return before.filter(digest -> !digest.equals(after)).isPresent();
    }
  }

  /**
   * How much has to be sent.
   *
   * @return bytes of the blobs and manifests that the destination neither has nor mounts
   */
  public long bytesToTransfer() {
    LongStream ofManifests =
        manifests.stream()
            .filter(one -> one.action() == Action.TRANSFER)
            .mapToLong(one -> one.descriptor().size());
    LongStream ofBlobs =
        blobs.stream().filter(one -> one.action() == Action.TRANSFER).mapToLong(Blob::size);
    return LongStream.concat(ofManifests, ofBlobs).sum();
  }
}
