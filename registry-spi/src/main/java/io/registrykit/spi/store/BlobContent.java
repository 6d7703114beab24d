package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A blob open for reading. Safe for use by any number of threads; the streams it hands out are not.
 */
public interface BlobContent extends AutoCloseable {

  /**
   * The size in bytes of the buffer that copies run through; small enough for a processor's cache.
   */
  int COPY_BUFFER_SIZE = 32 * 1024;

  /**
   * The identity of the blob.
   *
   * @return the digest that it was opened with
   */
  Digest digest();

  /**
   * The length of the blob.
   *
   * @return bytes
   */
  long size();

  /**
   * Reads from a given byte on.
   *
   * @param offset zero to {@link #size()}
   * @return a stream of the rest, which the caller closes
   * @throws IOException if the store fails or the content is closed
   * @throws IndexOutOfBoundsException if the offset is out of range
   */
  InputStream openStream(long offset) throws IOException;

  /**
   * Copies a run of bytes.
   *
   * @param offset the first byte
   * @param length how many
   * @param out where to; not closed
   * @return {@code length}
   * @throws IOException if either side fails; {@link EOFException} if the blob ends early
   */
  default long transferTo(long offset, long length, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(COPY_BUFFER_SIZE, Math.max(length, 1))];
    try (InputStream in = openStream(offset)) {
      long left = length;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException(digest() + " ended " + left + " bytes early");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    return length;
  }

  /**
   * An address from which the caller's peer can read the blob itself.
   *
   * @param validity how long the address is to work
   * @return empty when the store has no such thing
   */
  default Optional<URI> directLink(Duration validity) {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;
}
