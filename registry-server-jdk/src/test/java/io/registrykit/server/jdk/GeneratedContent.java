package io.registrykit.server.jdk;

import io.registrykit.api.Body;
import io.registrykit.model.ByteRange;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A blob of zeros that is made as it is read, and may break off. */
class GeneratedContent implements BlobContent {
  private static final byte[] ZEROS = new byte[COPY_BUFFER_SIZE];

  private final long size;
  private final long breaksOffAfter;

  GeneratedContent(long size, long breaksOffAfter) {
    this.size = size;
    this.breaksOffAfter = breaksOffAfter;
  }

  @Override
  public long size() {
    return size;
  }

  Body asBody() {
    return new Body.Blob(this, new ByteRange(0, size));
  }

  @Override
  public Digest digest() {
    return Digest.parse("sha256:" + "0".repeat(64));
  }

  @Override
  public InputStream openStream(long offset) {
    throw new UnsupportedOperationException("transferTo alone is used");
  }

  /** Ends without an error when it breaks off after a byte or more; fails when below zero. */
  @Override
  public long transferTo(long offset, long length, OutputStream out) throws IOException {
    if (breaksOffAfter < 0) {
      throw new IOException("the store failed on purpose");
    }
    long left = Math.min(length, breaksOffAfter);
    while (left > 0) {
      int piece = (int) Math.min(ZEROS.length, left);
      out.write(ZEROS, 0, piece);
      left -= piece;
    }
    return length;
  }

  @Override
  public void close() {}
}
