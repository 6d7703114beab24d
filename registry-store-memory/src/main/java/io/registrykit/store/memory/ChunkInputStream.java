package io.registrykit.store.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** Reads chunks in place. Not safe for use by several threads at once. */
final class ChunkInputStream extends InputStream {
  private final Chunks chunks;
  private long position;

  ChunkInputStream(Chunks chunks, long position) {
    this.chunks = chunks;
    this.position = position;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position >= chunks.size()) {
      return -1;
    }
    int count = chunks.copy(position, target, offset, length);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, chunks.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, chunks.size() - position);
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long length = chunks.size() - position;
    chunks.writeTo(out, position, length);
    position += length;
    return length;
  }
}
