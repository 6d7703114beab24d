package io.registrykit.store.fs.internal.pool;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.store.fs.internal.files.FileHandle;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/** A blob open for reading; keeps its file open, whatever becomes of the blob. Thread-safe. */
public final class FileContent implements BlobContent {
  private static final int LARGE = 1 << 20;

  private final Digest digest;
  private final long size;
  private final FileHandle file;
  private final Path path;
  private final Semaphore largeBuffers;
  private volatile boolean closed;

  /**
   * Content.
   *
   * @param largeBuffers how many more copies may have a large buffer: a crowd of slow readers shall
   *     not have one each
   */
  FileContent(Digest digest, long size, FileHandle file, Path path, Semaphore largeBuffers) {
    this.digest = digest;
    this.size = size;
    this.file = file;
    this.path = path;
    this.largeBuffers = largeBuffers;
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public long size() {
    return size;
  }

  private int read(byte[] target, int offset, int length, long position) throws IOException {
    ensureOpen();
    int count = file.read(ByteBuffer.wrap(target, offset, length), position);
    if (count < 0) {
      throw new EOFException(path + " is damaged: it ends at byte " + position + " of " + size);
    }
    return count;
  }

  /** Reads the whole blob into an array as long. */
  void readFully(byte[] target) throws IOException {
    for (int done = 0; done < target.length; ) {
      done += read(target, done, target.length - done, done);
    }
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("blob content is closed");
    }
  }

  private void checkOffset(long offset) {
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + size + " bytes");
    }
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    ensureOpen();
    checkOffset(offset);
    return new ContentStream(offset);
  }

  @Override
  public long transferTo(long offset, long length, OutputStream out) throws IOException {
    ensureOpen();
    checkOffset(offset);
    long end = offset + Math.min(length, size - offset);
    boolean large = length >= LARGE && largeBuffers.tryAcquire();
    try {
      int most = large ? 4 * COPY_BUFFER_SIZE : COPY_BUFFER_SIZE;
      copy(offset, end, new byte[(int) Math.max(1, Math.min(most, length))], out);
    } finally {
      if (large) {
        largeBuffers.release();
      }
    }
    if (end - offset < length) {
      throw new EOFException(digest + " ended " + (length - end + offset) + " bytes early");
    }
    return length;
  }

  private void copy(long offset, long end, byte[] buffer, OutputStream out) throws IOException {
    for (long next = offset; next < end; ) {
      int filled = 0;
      int wanted = (int) Math.min(buffer.length, end - next);
      while (filled < wanted) {
        // The JDK keeps a direct buffer as large as the largest read for each thread.
        int most = Math.min(COPY_BUFFER_SIZE, wanted - filled);
        filled += read(buffer, filled, most, next + filled);
      }
      out.write(buffer, 0, filled);
      next += filled;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    file.close();
  }

  /** Reads on from a position. Not safe for use by several threads at once. */
  private final class ContentStream extends InputStream {
    private long position;

    ContentStream(long position) {
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (position >= size) {
        ensureOpen();
        return -1;
      }
      int most = (int) Math.min(Math.min(length, size - position), 4 * COPY_BUFFER_SIZE);
      int count = FileContent.this.read(target, offset, most, position);
      position += count;
      return count;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, size - position));
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      long length = size - position;
      FileContent.this.transferTo(position, length, out);
      position += length;
      return length;
    }
  }
}
