package io.registrykit.spi.tck;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A blob of the {@link ReferenceModel}. Immutable. */
record ModelContent(Digest digest, Bytes bytes) implements BlobContent {
  @Override
  public long size() {
    return bytes.length();
  }

  @Override
  public InputStream openStream(long offset) throws IOException {
    Objects.checkFromToIndex(offset, size(), size());
    InputStream in = bytes.asInputStream();
    in.skipNBytes(offset);
    return in;
  }

  @Override
  public void close() {}
}
