package io.registrykit.server.jdk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response. Tells the call when it waits, and hands the JDK pieces of a size that it
 * is good at. For use by one thread.
 */
final class PeerOutput extends OutputStream {
  /** What small writes are gathered to. The JDK copies it into a buffer as long. */
  static final int PIECE_SIZE = 32 * 1024;

  /** The most that goes out in one piece, where whoever writes has so much at hand. */
  private static final int MAX_PIECE_SIZE = 128 * 1024;

  /** Sends what comes before the body. */
  interface Start {
    /** Called once, when the first bytes are there. */
    OutputStream open() throws IOException;
  }

  private final Call call;
  private final Start start;
  private @Nullable OutputStream out;
  private boolean started;
  private long count;
  private boolean failed;

  PeerOutput(Call call, Start start) {
    this.call = call;
    this.start = start;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int piece = Math.min(MAX_PIECE_SIZE, length - done);
      boolean written = false;
      try {
        OutputStream peer = opened();
        call.waitToWrite();
        try {
          if (piece > PIECE_SIZE) {
            // What newer JDKs keep back is no part of the piece.
            peer.flush();
            call.piece(ByteBuffer.wrap(buffer, offset + done, piece));
          }
          peer.write(buffer, offset + done, piece);
        } finally {
          call.piece(null);
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

  /** Newer JDKs keep a response until it is closed, which is after the request is drained. */
  @Override
  public void flush() throws IOException {
    OutputStream peer = out;
    if (peer == null) {
      return;
    }
    boolean flushed = false;
    try {
      call.waitToWrite();
      try {
        peer.flush();
      } finally {
        call.moved(0);
      }
      flushed = true;
    } finally {
      failed |= !flushed;
    }
  }

  private OutputStream opened() throws IOException {
    OutputStream opened = out;
    if (opened == null) {
      started = true;
      opened = start.open();
      out = opened;
    }
    return opened;
  }

  /** Whether what comes before the body was sent, or tried to. */
  boolean started() {
    return started;
  }

  long count() {
    return count;
  }

  /** Whether it was the peer's side that failed. */
  boolean failed() {
    return failed;
  }
}
