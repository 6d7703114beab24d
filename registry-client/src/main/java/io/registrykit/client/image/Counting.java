package io.registrykit.client.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read. Not safe for use by several threads at once. */
class Counting extends FilterInputStream {
  private long count;

  Counting(InputStream in) {
    super(in);
  }

  final long count() {
    return count;
  }

  /** Called after each read with the bytes so far. */
  void check(long bytes) {}

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] buffer, int offset, int length) throws IOException {
    int got = super.read(buffer, offset, length);
    if (got > 0) {
      count += got;
      check(count);
    }
    return got;
  }

  @Override
  public final long skip(long wanted) throws IOException {
    byte[] buffer = new byte[(int) Math.min(wanted, 8192)];
    long skipped = 0;
    while (skipped < wanted) {
      int got = read(buffer, 0, (int) Math.min(buffer.length, wanted - skipped));
      if (got < 0) {
        break;
      }
      skipped += got;
    }
    return skipped;
  }
}
