package io.registrykit;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * What can be written to a repository. Safe for use by any number of threads. Every method throws a
 * {@link io.registrykit.error.RegistryException} if the registry refuses or fails, and then nothing
 * of the call is visible.
 */
public interface RepositoryWriter {

  /**
   * Stores a manifest and points tags to it, all at once.
   *
   * @param manifest the manifest, kept byte for byte
   * @param tags the tags to set, possibly none
   * @return its type, digest and size
   * @throws io.registrykit.error.InvalidContentException if it is malformed, or names content that
   *     the repository does not have; {@code errors()} has one entry for each such digest
   * @throws io.registrykit.error.ConflictException if a lock forbids it
   */
  Descriptor pushManifest(RawManifest manifest, Set<Tag> tags);

  /**
   * Stores a blob, or does nothing when the repository has it.
   *
   * @param expected the digest that the content must have
   * @param content read to its end, not closed
   * @return the digest and the size, with the media type {@code application/octet-stream}
   * @throws io.registrykit.error.InvalidContentException if the content has another digest
   */
  Descriptor pushBlob(Digest expected, InputStream content);

  /**
   * Stores a blob that can be read again from any byte on, so that a failure on the way does not
   * mean to begin anew.
   *
   * @param content the blob, not closed
   * @return the digest and the size, with the media type {@code application/octet-stream}
   * @throws io.registrykit.error.InvalidContentException if the content has another digest
   */
  default Descriptor pushBlob(BlobContent content) {
    try (InputStream in = content.openStream(0)) {
      return pushBlob(content.digest(), in);
    } catch (IOException e) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE, "the content to push cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a blob of another repository known in this one, without sending it again.
   *
   * @param digest the blob
   * @param from a repository of the same registry
   * @return false when that repository does not have the blob, or may not be read
   */
  boolean mountBlob(Digest digest, RepositoryName from);

  /**
   * Deletes a manifest and every tag on it. Manifests that it names, and those that name it, stay.
   *
   * @param digest the manifest
   * @throws io.registrykit.error.NotFoundException if the repository has none
   */
  void deleteManifest(Digest digest);

  /**
   * Deletes a tag and leaves its manifest.
   *
   * @param tag the tag
   * @throws io.registrykit.error.NotFoundException if the repository has none
   */
  void deleteTag(Tag tag);

  /**
   * Takes a blob out of this repository, even when a manifest names it; other repositories keep it.
   *
   * @param digest the blob
   * @throws io.registrykit.error.NotFoundException if the repository has none
   */
  void deleteBlob(Digest digest);
}
