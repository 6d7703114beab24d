package io.registrykit;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.util.Set;

/**
 * Hears how a copy goes, from whatever kind of repository to whatever kind. Called by the threads
 * that copy, several at once; must be quick and not throw.
 */
public interface CopyListener {

  /**
   * A listener that does nothing.
   *
   * @return the listener
   */
  static CopyListener none() {
    return new CopyListener() {};
  }

  /**
   * What belongs to one image was read, and its blobs are about to move.
   *
   * @param blobs how many blobs it has
   * @param bytes their lengths together
   */
  default void onGraph(int blobs, long bytes) {}

  /**
   * A blob moved on. The last call for a blob of an image, and no other, has all its bytes, also
   * when it was there already.
   *
   * @param digest the blob
   * @param bytes how many bytes of it were read so far; fewer than before when it began anew
   * @param total its length in bytes
   */
  default void onBlob(Digest digest, long bytes, long total) {}

  /**
   * An image is there, whole.
   *
   * @param repository where it was copied from
   * @param manifest its digest at the destination
   * @param tags the tags that point to it now, possibly none
   */
  default void onImage(RepositoryName repository, Digest manifest, Set<Tag> tags) {}
}
