package io.registrykit;

import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadStatus;

/**
 * A repository of an {@link EmbeddedRegistry}, which can also be pushed to piece by piece. Safe for
 * use by any number of threads; one upload is for one thread at a time.
 */
public interface EmbeddedRepository extends Repository, RepositoryInventory {

  /**
   * Starts an upload that belongs to this repository and to whoever the view {@linkplain
   * EmbeddedRegistry#actingAs acts as}.
   *
   * @param algorithm the hash that the final digest will most likely have
   * @return the upload, held until the caller closes it
   * @throws io.registrykit.error.LimitException if too many uploads are open
   */
  BlobUpload startUpload(DigestAlgorithm algorithm);

  /**
   * Takes up an upload that was closed before.
   *
   * @param id its name
   * @return the upload, held until the caller closes it
   * @throws io.registrykit.error.NotFoundException if there is none, or it belongs to another
   *     repository or another principal
   * @throws io.registrykit.error.ConflictException at once, if somebody else holds it
   */
  BlobUpload resumeUpload(UploadId id);

  /**
   * Looks at an upload without holding it.
   *
   * @param id its name
   * @return how it stands
   * @throws io.registrykit.error.NotFoundException as {@link #resumeUpload} has it
   */
  UploadStatus uploadStatus(UploadId id);

  /**
   * Makes the bytes of an upload a blob of this repository. The upload has ended afterwards; it is
   * still the caller's to close.
   *
   * @param upload an upload of this repository
   * @param expected the digest that the bytes must have
   * @return the digest and the size, with the media type {@code application/octet-stream}
   * @throws io.registrykit.error.InvalidContentException if the bytes have another digest; the
   *     upload goes on
   */
  Descriptor finishUpload(BlobUpload upload, Digest expected);

  /**
   * Deletes the repository with all that is in it.
   *
   * @return what went with it
   * @throws io.registrykit.error.NotFoundException if it does not exist
   * @throws io.registrykit.error.ConflictException if a lock forbids it
   */
  DeletedContent delete();
}
