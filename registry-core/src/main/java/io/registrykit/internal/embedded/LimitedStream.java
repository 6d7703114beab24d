package io.registrykit.internal.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a stream up to a limit and fails on the first byte behind it. Not safe for use by several
 * threads at once.
 */
final class LimitedStream extends FilterInputStream {
  private final long limit;
  private long count;
  private boolean exceeded;

  LimitedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  /** Whether the stream had more than the limit. */
  boolean exceeded() {
    return exceeded;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next >= 0) {
      counted(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      counted(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(int more) throws IOException {
    count += more;
    if (count > limit) {
      exceeded = true;
      throw new IOException("more than " + limit + " bytes");
    }
  }
}
