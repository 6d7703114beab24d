package io.registrykit.client.testing;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;

/** Content for tests. */
public final class Contents {
  private Contents() {}

  public static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public static Digest digest(byte[] bytes) {
    return Digest.of(DigestAlgorithm.SHA256, bytes);
  }

  /** Content that can be read again, with its own digest. */
  public static BlobContent content(byte[] bytes) {
    return content(digest(bytes), bytes);
  }

  public static BlobContent content(Digest digest, byte[] bytes) {
    return new BlobContent() {
      @Override
      public Digest digest() {
        return digest;
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream openStream(long offset) {
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
      }

      @Override
      public void close() {}
    };
  }
}
