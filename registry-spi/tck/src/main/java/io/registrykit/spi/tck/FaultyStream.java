package io.registrykit.spi.tck;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A body that breaks off, as one from a network does, or that trickles. Not safe for use by several
 * threads at once.
 */
final class FaultyStream extends InputStream {
  /** Watches nothing. */
  static final Watch NO_WATCH = () -> {};

  private final byte[] content;
  private final int largestRead;
  private final Watch atTheEnd;
  private int position;
  private boolean closed;

  private FaultyStream(byte[] content, int largestRead, Watch atTheEnd) {
    this.content = content;
    this.largestRead = largestRead;
    this.atTheEnd = atTheEnd;
  }

  /** Gives all bytes, then fails where the end should be. */
  static FaultyStream breakingAfter(byte[] content) {
    return new FaultyStream(content, Integer.MAX_VALUE, FaultyStream::breakOff);
  }

  /** Gives all bytes, at most so many at once. */
  static FaultyStream trickling(byte[] content, int largestRead) {
    return new FaultyStream(content, largestRead, NO_WATCH);
  }

  /** Gives all bytes, and does something before it says that there are no more. */
  static FaultyStream watched(byte[] content, Watch atTheEnd) {
    return new FaultyStream(content, Integer.MAX_VALUE, atTheEnd);
  }

  /** What happens while a body is read. */
  @FunctionalInterface
  interface Watch {
    void run() throws IOException;
  }

  private static void breakOff() throws IOException {
    throw new IOException("the peer went away");
  }

  boolean isClosed() {
    return closed;
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
    if (position == content.length) {
      atTheEnd.run();
      return -1;
    }
    int count = Math.min(Math.min(length, largestRead), content.length - position);
    System.arraycopy(content, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() {
    closed = true;
  }
}
