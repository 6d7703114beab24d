package io.registrykit.client.layout;

import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a blob come from; opened when they are wanted, and not before. */
@FunctionalInterface
interface BlobSource {
  void read(Reader reader) throws IOException;

  /** Takes the bytes. */
  @FunctionalInterface
  interface Reader {
    void read(InputStream in) throws IOException;
  }

  /** A stream that somebody else closes. */
  static BlobSource of(InputStream in) {
    return reader -> reader.read(in);
  }

  static BlobSource of(BlobContent content) {
    return reader -> {
      try (InputStream in = content.openStream(0)) {
        reader.read(in);
      }
    };
  }
}
