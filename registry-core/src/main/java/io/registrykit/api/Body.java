package io.registrykit.api;

import io.registrykit.model.ByteRange;
import io.registrykit.model.Bytes;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.OutputStream;

/** What follows the headers of a response. For use by one thread. */
public sealed interface Body extends AutoCloseable {

  /**
   * How many bytes {@link #writeTo} writes.
   *
   * @return zero or more
   */
  long length();

  /**
   * Writes the bytes.
   *
   * @param out where to; not closed
   * @throws IOException if the store or the peer fails
   */
  void writeTo(OutputStream out) throws IOException;

  @Override
  default void close() throws IOException {}

  /** Nothing. */
  record Empty() implements Body {
    @Override
    public long length() {
      return 0;
    }

    @Override
    public void writeTo(OutputStream out) {}
  }

  /**
   * Bytes in memory.
   *
   * @param bytes the bytes
   */
  record Inline(Bytes bytes) implements Body {
    @Override
    public long length() {
      return bytes.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      bytes.writeTo(out);
    }
  }

  /**
   * A run of bytes of a blob, streamed from the store.
   *
   * @param content the blob, closed with the body
   * @param range which bytes
   */
  record Blob(BlobContent content, ByteRange range) implements Body {
    @Override
    public long length() {
      return range.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      content.transferTo(range.offset(), range.length(), out);
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
