package io.registrykit.store.fs.internal.pool;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A small blob, in memory. Thread-safe. */
final class SmallContent implements BlobContent {
  private final Digest digest;
  private final byte[] bytes;
  private volatile boolean closed;

  /** A blob of bytes that nobody changes. */
  SmallContent(Digest digest, byte[] bytes) {
    this.digest = digest;
    this.bytes = bytes;
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  private int checked(long offset) throws IOException {
    if (closed) {
      throw new IOException("blob content is closed");
    }
    if (offset < 0 || offset > bytes.length) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + bytes.length + " bytes");
    }
    return (int) offset;
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    int start = checked(offset);
    return new Guarded(new ByteArrayInputStream(bytes, start, bytes.length - start));
  }

  @Override
  public long transferTo(long offset, long length, OutputStream out) throws IOException {
    int start = checked(offset);
    int there = (int) Math.min(length, bytes.length - start);
    out.write(bytes, start, there);
    if (there < length) {
      throw new EOFException(digest + " ended " + (length - there) + " bytes early");
    }
    return length;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ends with the content. Not safe for use by several threads at once. */
  private final class Guarded extends InputStream {
    private final ByteArrayInputStream in;

    Guarded(ByteArrayInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      checked(0);
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      checked(0);
      return in.read(target, offset, length);
    }

    @Override
    public long skip(long count) {
      return in.skip(count);
    }

    @Override
    public int available() {
      return in.available();
    }
  }
}
