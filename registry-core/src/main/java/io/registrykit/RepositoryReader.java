package io.registrykit;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What can be read from a repository. Safe for use by any number of threads. Every method throws a
 * {@link io.registrykit.error.RegistryException} if the registry refuses or fails; what is not
 * there is empty, not an error.
 */
public interface RepositoryReader {

  /**
   * The name of the repository.
   *
   * @return its full name
   */
  RepositoryName name();

  /**
   * Whether the repository exists, which is so from the first push into it until its deletion.
   *
   * @return true when it does
   */
  boolean exists();

  /**
   * Reads a manifest.
   *
   * @param reference its tag or digest
   * @return the manifest exactly as it was pushed, or empty when the repository has none
   */
  Optional<RawManifest> manifest(Reference reference);

  /**
   * Looks at a manifest without reading it.
   *
   * @param reference its tag or digest
   * @return its type, digest and size, or empty when the repository has none
   */
  Optional<Descriptor> describe(Reference reference);

  /**
   * Opens a blob.
   *
   * @param digest the blob
   * @return the content, which the caller closes, or empty when the repository has none, whatever
   *     other repositories have
   */
  Optional<BlobContent> blob(Digest digest);

  /**
   * Looks at a blob without reading it.
   *
   * @param digest the blob
   * @return its length in bytes, or empty when the repository has none
   */
  OptionalLong blobSize(Digest digest);

  /**
   * Lists the tags.
   *
   * @param page which part
   * @return tags in ASCII order, none when the repository does not exist
   */
  Page<Tag> tags(PageRequest page);

  /**
   * Lists the manifests that name another as their subject, whether that exists or not.
   *
   * @param subject the manifest that they refer to
   * @param artifactType the only artifact type to list, or null for all
   * @param page which part
   * @return descriptors with artifact type and annotations, in the order of their digests
   */
  Page<Descriptor> referrers(Digest subject, @Nullable MediaType artifactType, PageRequest page);

  /**
   * Whether another repository belongs to the same registry, so that blobs of it can be mounted
   * here instead of sent.
   *
   * @param other the other repository
   * @return false when that is not known
   */
  default boolean isBeside(RepositoryReader other) {
    return false;
  }
}
