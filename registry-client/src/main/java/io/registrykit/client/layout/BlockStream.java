package io.registrykit.client.layout;

import io.registrykit.spi.store.BlobContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that looks at what passes: every way to read ends in the one that a subclass has. Not
 * safe for use by several threads at once.
 */
abstract class BlockStream extends FilterInputStream {
  BlockStream(InputStream in) {
    super(in);
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public long skip(long count) throws IOException {
    int length = (int) Math.min(count, BlobContent.COPY_BUFFER_SIZE);
    return length <= 0 ? 0 : Math.max(0, read(new byte[length], 0, length));
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
