package io.registrykit.spi.tck;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An upload of the {@link ReferenceModel}. One holder writes; others may look. */
final class ModelUpload implements BlobUpload {
  private final ModelBlobs blobs;
  private final UploadId id;
  private final UploadSpec spec;
  private volatile byte[] bytes;
  private volatile boolean closed;
  private boolean ended;
  private @Nullable Digest committed;

  ModelUpload(ModelBlobs blobs, UploadId id, UploadSpec spec, byte[] bytes) {
    this.blobs = blobs;
    this.id = id;
    this.spec = spec;
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public UploadId id() {
    return id;
  }

  @Override
  public UploadSpec spec() {
    return spec;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public long append(InputStream body) throws IOException {
    ensureActive();
    int before = bytes.length;
    byte[] buffer = new byte[8192];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      blobs.ensureRoom(count);
      byte[] grown = Arrays.copyOf(bytes, bytes.length + count);
      System.arraycopy(buffer, 0, grown, bytes.length, count);
      bytes = grown;
    }
    return bytes.length - (long) before;
  }

  @Override
  public void truncate(long size) throws IOException {
    ensureActive();
    if (size < 0 || size > bytes.length) {
      throw new IllegalArgumentException("size is out of range");
    }
    bytes = Arrays.copyOf(bytes, (int) size);
  }

  @Override
  public long commit(Digest expected) throws IOException {
    if (expected.equals(committed)) {
      return bytes.length;
    }
    ensureActive();
    if (!Digest.of(expected.algorithm(), bytes).equals(expected)) {
      throw new InvalidContentException(ErrorCode.DIGEST_INVALID, "another digest");
    }
    blobs.publish(this, expected);
    committed = expected;
    ended = true;
    return bytes.length;
  }

  @Override
  public void abort() throws IOException {
    if (!ended) {
      ensureActive();
      ended = true;
      blobs.forget(this);
    }
  }

  private void ensureActive() throws IOException {
    blobs.ensureOpen();
    if (closed || ended) {
      throw new IOException("not active");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
