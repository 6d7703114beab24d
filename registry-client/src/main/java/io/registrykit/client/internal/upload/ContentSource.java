package io.registrykit.client.internal.upload;

import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Content that can be read again from any byte on. For use by one thread. */
public final class ContentSource implements UploadSource {
  private final BlobContent content;
  private final SourceHash hash;

  /**
   * A source.
   *
   * @param content the content, not closed
   */
  public ContentSource(BlobContent content) {
    this.content = content;
    this.hash = new SourceHash(content.digest());
  }

  @Override
  public Digest digest() {
    return content.digest();
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(content.size());
  }

  @Override
  public boolean reaches(long offset) {
    return offset >= 0 && offset <= content.size();
  }

  @Override
  public Piece piece(long offset, long max) {
    long length = Math.min(max, content.size() - offset);
    return new Piece(offset, offset + length == content.size(), new Body(offset, length));
  }

  /** Reads while it writes. */
  private final class Body implements HttpBody {
    private final long offset;
    private final long length;

    Body(long offset, long length) {
      this.offset = offset;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[(int) Math.min(BlobContent.COPY_BUFFER_SIZE, Math.max(length, 1))];
      long at = offset;
      try (InputStream in = open()) {
        while (at < offset + length) {
          int count = read(in, buffer, (int) Math.min(buffer.length, offset + length - at));
          hash.see(at, buffer, 0, count);
          at += count;
          if (at == content.size()) {
            hash.checkWhole(at);
          }
          out.write(buffer, 0, count);
        }
      }
      if (content.size() == 0) {
        hash.checkWhole(0);
      }
    }

    private InputStream open() throws IOException {
      try {
        return content.openStream(offset);
      } catch (IOException e) {
        throw new SourceException("the content to push cannot be opened", e);
      }
    }

    private int read(InputStream in, byte[] buffer, int length) throws IOException {
      int count;
      try {
        count = in.read(buffer, 0, length);
      } catch (IOException e) {
        throw new SourceException("the content to push cannot be read", e);
      }
      if (count < 0) {
        throw new SourceException(
            "the content to push is shorter than it says", new EOFException());
      }
      return count;
    }
  }
}
