package io.registrykit.store.memory;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The hold on an upload. Not safe for use by several threads at once. */
final class MemoryUpload implements BlobUpload {
  private final MemoryBlobs blobs;
  private final Lifecycle lifecycle;
  private final UploadSession session;
  private @Nullable Digest committed;
  private boolean ended;
  private boolean closed;

  MemoryUpload(MemoryBlobs blobs, Lifecycle lifecycle, UploadSession session) {
    this.blobs = blobs;
    this.lifecycle = lifecycle;
    this.session = session;
  }

  @Override
  public UploadId id() {
    return session.id();
  }

  @Override
  public UploadSpec spec() {
    return session.spec();
  }

  @Override
  public long size() {
    return session.size();
  }

  @Override
  public long append(InputStream body) throws IOException {
    long before = session.size();
    do {
      ensureActive();
    } while (session.append(body) >= 0);
    return session.size() - before;
  }

  @Override
  public void truncate(long size) throws IOException {
    ensureActive();
    session.truncate(size);
  }

  @Override
  public long commit(Digest expected) throws IOException {
    if (expected.equals(committed)) {
      return session.size();
    }
    ensureActive();
    if (!session.matches(expected)) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID, "content does not have the digest " + expected);
    }
    blobs.publish(expected, session);
    committed = expected;
    ended = true;
    return session.size();
  }

  @Override
  public void abort() throws IOException {
    if (ended) {
      return;
    }
    ensureActive();
    ended = true;
    blobs.forget(session);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.release();
    }
  }

  private void ensureActive() throws IOException {
    lifecycle.ensureOpen();
    if (closed || ended) {
      throw new IOException("upload " + session.id() + (ended ? " has ended" : " is closed"));
    }
  }
}
