package io.registrykit.server.jdk;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request. Tells the call when it waits, and takes a body that ends before its
 * declared length for an error and not for the end. For use by one thread.
 */
final class PeerInput extends InputStream {
  private static final int DRAIN_BUFFER_SIZE = 16 * 1024;

  private final Call call;
  private final InputStream in;
  private final long declaredLength;
  private long count;
  private boolean ended;
  private boolean failed;

  /** A body of {@code declaredLength} bytes, or of unknown length when that is below zero. */
  PeerInput(Call call, InputStream in, long declaredLength) {
    this.call = call;
    this.in = in;
    this.declaredLength = declaredLength;
    this.ended = declaredLength == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    boolean done = false;
    try {
      int got = readAndTell(buffer, offset, length);
      if (got >= 0) {
        count += got;
        ended = count == declaredLength;
      } else if (declaredLength > count) {
        throw new EOFException(
            "body ended after " + count + " of " + declaredLength + " declared bytes");
      } else {
        ended = true;
      }
      done = true;
      return got;
    } finally {
      failed |= !done;
    }
  }

  private int readAndTell(byte[] buffer, int offset, int length) throws IOException {
    int got = 0;
    call.waitToRead();
    try {
      got = in.read(buffer, offset, length);
    } finally {
      call.moved(Math.max(got, 0));
    }
    return got;
  }

  @Override
  public int available() throws IOException {
    return ended ? 0 : in.available();
  }

  /** Nothing: the connection is not the reader's to close. */
  @Override
  public void close() {}

  /** Whether more is due than may be drained. */
  boolean isTooLongToDrain(long maxBytes) {
    return !ended && declaredLength - count > maxBytes;
  }

  /**
   * Reads what nobody wants, so that the peer does not find its connection reset while it sends.
   *
   * @param maxBytes where to give up
   * @param maxNanos when to give up
   */
  void drain(long maxBytes, long maxNanos) {
    if (ended || failed) {
      return;
    }
    byte[] buffer = new byte[DRAIN_BUFFER_SIZE];
    long start = System.nanoTime();
    long left = maxBytes;
    try {
      while (left > 0 && System.nanoTime() - start < maxNanos) {
        int got = read(buffer, 0, (int) Math.min(buffer.length, left));
        if (got < 0) {
          return;
        }
        left -= got;
      }
    } catch (IOException e) {
      // The peer has gone; whoever writes to it next finds out.
      failed = true;
    }
  }
}
