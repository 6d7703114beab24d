package io.registrykit.internal.engine;

import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** The body of a peer that goes away in the middle. */
final class BreakingStream extends InputStream {
  private final InputStream start;

  BreakingStream(Bytes start) {
    this.start = start.asInputStream();
  }

  @Override
  public int read() throws IOException {
    int value = start.read();
    if (value < 0) {
      throw new IOException("connection reset");
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = start.read(buffer, offset, length);
    if (count < 0) {
      throw new IOException("connection reset");
    }
    return count;
  }
}
