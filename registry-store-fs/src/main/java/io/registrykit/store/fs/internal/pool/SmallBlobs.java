package io.registrykit.store.fs.internal.pool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.model.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of small blobs that were read of late: opening and closing a file costs more than they
 * do. Bytes that have a digest are right for ever; whether there is such a blob, and who may read
 * it, is asked elsewhere and each time. Thread-safe.
 */
final class SmallBlobs {
  /** The longest that is kept, in bytes. */
  static final int MAX_LENGTH = 32 * 1024;

  private static final int OVERHEAD = 256;

  private final Cache<Digest, byte[]> recent;

  /** Keeps at most so many bytes. */
  SmallBlobs(long maxBytes) {
    this.recent =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Digest digest, byte[] content) -> OVERHEAD + content.length)
            .executor(Runnable::run)
            .build();
  }

  /** The content, when it is in memory. */
  @Nullable SmallContent find(Digest digest) {
    byte[] bytes = recent.getIfPresent(digest);
    return bytes == null ? null : new SmallContent(digest, bytes);
  }

  /** Reads and closes a blob, and keeps what it has. */
  SmallContent read(FileContent blob) throws IOException {
    byte[] bytes = new byte[(int) blob.size()];
    try (blob) {
      blob.readFully(bytes);
    }
    recent.put(blob.digest(), bytes);
    return new SmallContent(blob.digest(), bytes);
  }

  /** Lets go of a blob that went. */
  void forget(Digest digest) {
    recent.invalidate(digest);
  }
}
