package io.registrykit.internal.copy;

import io.registrykit.CopyListener;
import io.registrykit.RepositoryReader;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A blob of the source that is opened when somebody reads from it, and not before. Safe for use by
 * any number of threads.
 */
final class SourceContent implements BlobContent {
  private final RepositoryReader source;
  private final Digest digest;
  private final long size;
  private final CopyListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable BlobContent content;

  SourceContent(RepositoryReader source, Digest digest, long size, CopyListener listener) {
    this.source = source;
    this.digest = digest;
    this.size = size;
    this.listener = listener;
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    try {
      return new Marked(opened().openStream(offset), offset);
    } catch (RegistryException | IOException e) {
      throw failed(e);
    }
  }

  private BlobContent opened() throws IOException {
    lock.lock();
    try {
      BlobContent current = content;
      if (current == null) {
        Optional<BlobContent> found = source.blob(digest);
        if (found.isEmpty()) {
          throw new IOException("the source does not have the blob");
        }
        if (found.get().size() != size) {
          found.get().close();
          throw new IOException("the source has the blob in another length");
        }
        current = found.get();
        content = current;
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private static SourceReadException failed(Exception cause) {
    return cause instanceof SourceReadException own
        ? own
        : new SourceReadException(String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (content != null) {
        content.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Marks the failures of a stream as those of the source, and tells how far it is. */
  private final class Marked extends FilterInputStream {
    private long position;

    Marked(InputStream in, long position) {
      super(in);
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
          position += count;
        }
        if (count > 0 && position < size) {
          listener.onBlob(digest, position, size);
        }
        return count;
      } catch (RegistryException | IOException e) {
        throw failed(e);
      }
    }
  }
}
