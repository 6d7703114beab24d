package io.registrykit.client.image;

import io.registrykit.RepositoryReader;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A blob that stays in its repository until somebody reads it. Safe for use by many threads. */
record StoredContent(RepositoryReader repository, Descriptor descriptor) implements BlobContent {

  @Override
  public Digest digest() {
    return descriptor.digest();
  }

  @Override
  public long size() {
    return descriptor.size();
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    BlobContent blob =
        repository
            .blob(digest())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        ErrorCode.BLOB_UNKNOWN, "the repository lacks the layer " + digest()));
    return new FilterInputStream(blob.openStream(offset)) {
      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        return in.read(buffer, from, length);
      }

      @Override
      public void close() throws IOException {
        try (blob) {
          super.close();
        }
      }
    };
  }

  @Override
  public void close() {}
}
