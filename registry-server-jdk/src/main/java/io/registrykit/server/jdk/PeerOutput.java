package io.registrykit.server.jdk;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of a response. Tells the call when it waits, and hands the JDK pieces of a size that it
 * is good at. For use by one thread.
 */
final class PeerOutput extends OutputStream {
  /** The fastest size on loopback; the JDK copies each piece into a buffer of its length. */
  static final int PIECE_SIZE = 32 * 1024;

  private final Call call;
  private final OutputStream out;
  private long count;
  private boolean failed;

  PeerOutput(Call call, OutputStream out) {
    this.call = call;
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int piece = Math.min(PIECE_SIZE, length - done);
      boolean written = false;
      try {
        call.waitToWrite();
        try {
          out.write(buffer, offset + done, piece);
        } finally {
          call.moved(piece);
        }
        written = true;
      } finally {
        failed |= !written;
      }
      done += piece;
      count += piece;
    }
  }

  long count() {
    return count;
  }

  /** Whether it was the peer's side that failed. */
  boolean failed() {
    return failed;
  }
}
