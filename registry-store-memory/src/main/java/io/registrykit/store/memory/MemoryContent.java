package io.registrykit.store.memory;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A blob open for reading; holds its bytes, whatever becomes of the blob. Thread-safe. */
final class MemoryContent implements BlobContent {
  private final Lifecycle open = new Lifecycle("blob content");
  private final Digest digest;
  private final Chunks chunks;

  MemoryContent(Digest digest, Chunks chunks) {
    this.digest = digest;
    this.chunks = chunks;
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public long size() {
    return chunks.size();
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    open.ensureOpen();
    checkOffset(offset);
    return new ChunkInputStream(chunks, offset);
  }

  @Override
  public long transferTo(long offset, long length, OutputStream out) throws IOException {
    open.ensureOpen();
    checkOffset(offset);
    long there = Math.min(length, chunks.size() - offset);
    chunks.writeTo(out, offset, there);
    if (there < length) {
      throw new EOFException(digest + " ended " + (length - there) + " bytes early");
    }
    return length;
  }

  private void checkOffset(long offset) {
    if (offset < 0 || offset > chunks.size()) {
      throw new IndexOutOfBoundsException("offset " + offset + " of " + chunks.size() + " bytes");
    }
  }

  @Override
  public void close() {
    open.close();
  }
}
