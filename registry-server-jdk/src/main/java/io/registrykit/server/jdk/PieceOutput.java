package io.registrykit.server.jdk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers small writes into pieces. Unlike {@link java.io.BufferedOutputStream} it has no buffer
 * until one comes: most bodies are written at once, or in pieces that are large enough. Not safe
 * for use by several threads at once.
 */
final class PieceOutput extends OutputStream {
  private final OutputStream out;
  private final int pieceSize;
  private byte @Nullable [] buffer;
  private int filled;

  /** Pieces of at least so many bytes, but for the last one. */
  PieceOutput(OutputStream out, int pieceSize) {
    this.out = out;
    this.pieceSize = pieceSize;
  }

  private byte[] buffer() {
    byte[] there = buffer;
    if (there == null) {
      there = new byte[pieceSize];
      buffer = there;
    }
    return there;
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == pieceSize) {
      flushPiece();
    }
    buffer()[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (length > pieceSize - filled) {
      flushPiece();
    }
    if (length >= pieceSize) {
      out.write(source, offset, length);
    } else if (length > 0) {
      System.arraycopy(source, offset, buffer(), filled, length);
      filled += length;
    }
  }

  private void flushPiece() throws IOException {
    if (filled > 0) {
      int count = filled;
      filled = 0;
      out.write(buffer(), 0, count);
    }
  }

  @Override
  public void flush() throws IOException {
    flushPiece();
    out.flush();
  }
}
