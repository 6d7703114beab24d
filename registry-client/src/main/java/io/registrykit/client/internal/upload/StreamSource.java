package io.registrykit.client.internal.upload;

import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A stream that can be read once. The last piece stays in memory, so that it can be sent again in
 * part or whole; what came before is gone. For use by one thread.
 */
public final class StreamSource implements UploadSource {
  private final Digest digest;
  private final InputStream in;
  private final SourceHash hash;
  private byte[] window = new byte[0];
  private long start;
  private int filled;
  private int ahead = -2;
  private boolean ended;

  /**
   * A source.
   *
   * @param digest what the stream must hash to
   * @param in the stream, read to its end, not closed
   */
  public StreamSource(Digest digest, InputStream in) {
    this.digest = digest;
    this.in = in;
    this.hash = new SourceHash(digest);
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public OptionalLong size() {
    return ended ? OptionalLong.of(start + filled) : OptionalLong.empty();
  }

  @Override
  public boolean reaches(long offset) {
    return offset >= start && offset <= start + filled;
  }

  @Override
  public Piece piece(long offset, long max) throws IOException {
    if (offset == start + filled && !ended) {
      try {
        fill((int) Math.min(max, Integer.MAX_VALUE - 8));
      } catch (IOException e) {
        throw new SourceException("the content to push cannot be read", e);
      }
      if (ended) {
        hash.checkWhole(start + filled);
      }
    }
    int from = (int) (offset - start);
    int length = (int) Math.min(max, filled - from);
    return new Piece(offset, ended && from + length == filled, new Body(from, length));
  }

  /** Reads the next window, and one byte more to know whether it is the last. */
  private void fill(int size) throws IOException {
    start += filled;
    filled = 0;
    if (window.length < size) {
      window = new byte[Math.min(size, 64 * 1024)];
    }
    if (ahead >= 0) {
      window[filled++] = (byte) ahead;
    }
    while (filled < size) {
      if (filled == window.length) {
        window = Arrays.copyOf(window, Math.min(size, window.length * 4));
      }
      int count = in.read(window, filled, Math.min(size, window.length) - filled);
      if (count < 0) {
        ended = true;
        break;
      }
      filled += count;
    }
    if (!ended) {
      ahead = in.read();
      ended = ahead < 0;
    }
    hash.see(start, window, 0, filled);
  }

  /** A part of the window. */
  private final class Body implements HttpBody {
    private final int from;
    private final int length;

    Body(int from, int length) {
      this.from = from;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (int at = 0; at < length; at += 32 * 1024) {
        out.write(window, from + at, Math.min(32 * 1024, length - at));
      }
    }
  }
}
