package io.registrykit.client.internal.upload;

import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.model.Digest;
import java.io.IOException;
import java.util.OptionalLong;

/** Where the bytes of an upload come from. For use by one thread. */
public interface UploadSource {

  /** What the bytes must hash to. */
  Digest digest();

  /** How many bytes there are, as far as that is known. */
  OptionalLong size();

  /** Whether {@link #piece} can start there. */
  boolean reaches(long offset);

  /**
   * The bytes from an offset on, at most {@code max} of them.
   *
   * @throws SourceException if they cannot be read
   */
  Piece piece(long offset, long max) throws IOException;

  /**
   * Some bytes in a row.
   *
   * @param offset where they start
   * @param last whether nothing follows
   * @param body the bytes
   */
  record Piece(long offset, boolean last, HttpBody body) {
    long end() {
      return offset + body.length();
    }
  }
}
