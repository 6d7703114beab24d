package io.registrykit.client.internal.http;

import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;

/** What a request carries. For use by one thread. */
public interface HttpBody {

  /**
   * How many bytes {@link #writeTo} writes.
   *
   * @return zero or more
   */
  long length();

  /**
   * Writes the bytes.
   *
   * @param out where to
   * @throws IOException if either side fails
   */
  void writeTo(OutputStream out) throws IOException;

  /**
   * Bytes in memory.
   *
   * @param bytes the bytes
   * @return the body
   */
  static HttpBody of(Bytes bytes) {
    return new HttpBody() {
      @Override
      public long length() {
        return bytes.length();
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
      }
    };
  }
}
