package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import java.io.IOException;
import java.io.InputStream;

/** An upload held by one caller. Not safe for use by several threads at once. */
public interface BlobUpload extends AutoCloseable {

  /**
   * The name under which the upload can be {@linkplain BlobStore#resume resumed}.
   *
   * @return the name
   */
  UploadId id();

  /**
   * What was known when the upload started.
   *
   * @return the specification as {@link BlobStore#begin} got it
   */
  UploadSpec spec();

  /**
   * How many bytes are stored.
   *
   * @return zero or more
   */
  long size();

  /**
   * Stores the bytes of a stream behind those already stored. When the stream fails, what arrived
   * before stays and {@link #size()} counts it.
   *
   * @param body read to its end, not closed
   * @return how many bytes were stored by this call
   * @throws IOException if the stream or the store fails, or the upload is closed or has ended
   * @throws io.registrykit.error.LimitException if the store is full; nothing of the last buffer
   *     stays
   */
  long append(InputStream body) throws IOException;

  /**
   * Takes back the last bytes, so that the upload ends where it ended before.
   *
   * @param size the new {@link #size()}, zero to the present one
   * @throws IOException if the store fails, or the upload is closed or has ended
   * @throws IllegalArgumentException if the size is out of range
   */
  void truncate(long size) throws IOException;

  /**
   * Makes the bytes visible as a blob, at once and whole, and ends the upload. When the blob is
   * stored already, it counts as touched. Committing twice is the same as once.
   *
   * @param expected the digest that the bytes must have, of any algorithm
   * @return the length of the blob in bytes
   * @throws IOException if the store fails; the upload goes on
   * @throws io.registrykit.error.InvalidContentException ({@code DIGEST_INVALID}) if the bytes have
   *     another digest; nothing becomes visible and the upload goes on
   */
  long commit(Digest expected) throws IOException;

  /**
   * Ends the upload and forgets its bytes. Does nothing after {@link #commit}.
   *
   * @throws IOException if the store fails
   */
  void abort() throws IOException;

  /**
   * Lets go of the upload; never commits, never discards. Closing twice is the same as once.
   *
   * @throws IOException if the store fails
   */
  @Override
  void close() throws IOException;
}
