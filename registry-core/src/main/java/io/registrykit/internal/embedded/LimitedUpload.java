package io.registrykit.internal.embedded;

import io.registrykit.error.LimitException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import java.io.IOException;
import java.io.InputStream;

/** An upload that takes so many bytes and no more. For use by one thread at a time. */
final class LimitedUpload implements BlobUpload {
  private final BlobUpload upload;
  private final long maxBytes;

  LimitedUpload(BlobUpload upload, long maxBytes) {
    this.upload = upload;
    this.maxBytes = maxBytes;
  }

  @Override
  public UploadId id() {
    return upload.id();
  }

  @Override
  public UploadSpec spec() {
    return upload.spec();
  }

  @Override
  public long size() {
    return upload.size();
  }

  /** A body that goes over the limit leaves the upload as it was. */
  @Override
  public long append(InputStream body) throws IOException {
    long before = upload.size();
    LimitedStream limited = new LimitedStream(body, maxBytes - before);
    try {
      return upload.append(limited);
    } catch (IOException e) {
      if (!limited.exceeded()) {
        throw e;
      }
      upload.truncate(before);
      LimitException tooLarge = LimitException.tooLarge("blob is too large", maxBytes);
      tooLarge.addSuppressed(e);
      throw tooLarge;
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    upload.truncate(size);
  }

  @Override
  public long commit(Digest expected) throws IOException {
    return upload.commit(expected);
  }

  @Override
  public void abort() throws IOException {
    upload.abort();
  }

  @Override
  public void close() throws IOException {
    upload.close();
  }
}
