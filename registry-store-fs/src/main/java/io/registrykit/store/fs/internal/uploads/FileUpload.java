package io.registrykit.store.fs.internal.uploads;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.store.fs.internal.files.Health;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The hold on an upload. Not safe for use by several threads at once. */
final class FileUpload implements BlobUpload {
  private final Uploads uploads;
  private final UploadSession session;
  private final Health health;
  private @Nullable Digest committed;
  private boolean ended;
  private boolean closed;

  FileUpload(Uploads uploads, UploadSession session, Health health) {
    this.uploads = uploads;
    this.session = session;
    this.health = health;
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
    ensureActive();
    health.ensureWritable();
    long before = session.size();
    session.append(body);
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
    health.ensureWritable();
    if (!session.matches(expected)) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID, "content does not have the digest " + expected);
    }
    uploads.publish(session, expected);
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
    uploads.end(session, true);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      // A store that is closed has done so, and another process may have the folder by now.
      if (!ended && !health.closed()) {
        uploads.park(session);
      }
    } finally {
      session.release();
    }
  }

  private void ensureActive() throws IOException {
    health.ensureOpen();
    if (closed || ended) {
      throw new IOException("upload " + session.id() + (ended ? " has ended" : " is closed"));
    }
  }
}
