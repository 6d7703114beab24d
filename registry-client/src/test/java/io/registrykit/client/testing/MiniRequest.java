package io.registrykit.client.testing;

import io.registrykit.api.Headers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request as it came over the wire. For use by one thread. */
public final class MiniRequest {
  private final String method;
  private final String target;
  private final Headers headers;
  private final long length;
  private final InputStream body;

  MiniRequest(String method, String target, Headers headers, InputStream in) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.length = headers.first("Content-Length").map(Long::parseLong).orElse(0L);
    this.body = new Limited(in, length);
  }

  public String method() {
    return method;
  }

  public String target() {
    return target;
  }

  public Headers headers() {
    return headers;
  }

  public long length() {
    return length;
  }

  public InputStream body() {
    return body;
  }

  /** The body, or only its first bytes and then a failure. */
  public InputStream bodyBreakingAfter(long bytes) {
    return new FilterInputStream(body) {
      private long left = bytes;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int count) throws IOException {
        if (left <= 0) {
          throw new IOException("the connection broke");
        }
        int got = super.read(buffer, offset, (int) Math.min(count, left));
        left -= Math.max(got, 0);
        return got;
      }
    };
  }

  @Override
  public String toString() {
    return method + " " + target;
  }

  /** Ends where the body ends. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      if (left == 0) {
        return -1;
      }
      int got = super.read(buffer, offset, (int) Math.min(count, left));
      if (got < 0) {
        throw new IOException("the body ended early");
      }
      left -= got;
      return got;
    }

    @Override
    public void close() {}
  }
}
