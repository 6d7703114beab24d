package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Content-addressed bytes: knows digests, not repositories. Implementations are safe for use by any
 * number of threads.
 */
public interface BlobStore {

  /**
   * The length of a blob.
   *
   * @param digest the blob
   * @return bytes, or empty when it is not stored
   * @throws IOException if the store fails
   */
  OptionalLong size(Digest digest) throws IOException;

  /**
   * Opens a blob for reading; one that is open stays readable when it is deleted.
   *
   * @param digest the blob
   * @return the content, which the caller closes, or empty when it is not stored
   * @throws IOException if the store fails
   */
  Optional<BlobContent> open(Digest digest) throws IOException;

  /**
   * Starts an upload.
   *
   * @param spec what is known of it
   * @return the upload, held by the caller until closed
   * @throws IOException if the store fails
   * @throws io.registrykit.error.LimitException if too many uploads are open
   */
  BlobUpload begin(UploadSpec spec) throws IOException;

  /**
   * Takes up an upload that was closed before.
   *
   * @param id its name
   * @return the upload, held by the caller until closed, or empty when there is none of that name
   * @throws IOException if the store fails
   * @throws io.registrykit.error.ConflictException ({@code BLOB_UPLOAD_INVALID}) at once, if
   *     somebody else holds it
   */
  Optional<BlobUpload> resume(UploadId id) throws IOException;

  /**
   * Looks at an upload without holding it, also while somebody else does.
   *
   * @param id its name
   * @return how it stands, or empty when there is none of that name
   * @throws IOException if the store fails
   */
  Optional<UploadStatus> status(UploadId id) throws IOException;

  /**
   * Marks a blob as wanted, so that a collector that started earlier leaves it alone.
   *
   * @param digest the blob
   * @param now the present
   * @return false when the blob is not stored
   * @throws IOException if the store fails
   */
  boolean touch(Digest digest, Instant now) throws IOException;

  /**
   * Deletes a blob unless somebody wants it. Atomic against {@link #touch} and {@link
   * BlobUpload#commit}: whichever comes first decides.
   *
   * @param digest the blob
   * @param cutoff blobs committed or touched at or after this instant stay
   * @return true when the blob was deleted
   * @throws IOException if the store fails
   */
  boolean deleteIfUntouchedSince(Digest digest, Instant cutoff) throws IOException;

  /**
   * Visits every blob, in no order. Blobs that come or go meanwhile may be seen or not.
   *
   * @param visitor called once for each
   * @throws IOException if the store fails
   */
  void forEach(Consumer<? super Digest> visitor) throws IOException;

  /**
   * Aborts uploads that started long ago and that nobody holds.
   *
   * @param startedBefore uploads started at or after this instant stay
   * @return how many were aborted
   * @throws IOException if the store fails
   */
  int purgeUploads(Instant startedBefore) throws IOException;

  /**
   * Counts what is stored, at a cost that does not grow with it.
   *
   * @return exact figures
   * @throws IOException if the store fails
   */
  StoreUsage usage() throws IOException;
}
