package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.store.fs.CheckListener;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.pool.BlobPool;
import io.registrykit.store.fs.internal.pool.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads blobs and compares them with their digests, no faster than allowed. For one thread. */
public final class BlobVerifier {
  private final BlobPool pool;
  private final BlobCounters counters;
  private final RateLimit limit;
  private final CheckListener listener;
  private long blobs;
  private long bytes;

  /**
   * A verifier.
   *
   * @param listener told how far the reading is
   */
  public BlobVerifier(
      BlobPool pool, BlobCounters counters, RateLimit limit, CheckListener listener) {
    this.pool = pool;
    this.counters = counters;
    this.limit = limit;
    this.listener = listener;
  }

  /**
   * Reads a blob.
   *
   * @return what is wrong with it; empty when nothing is, or when it is gone meanwhile
   * @throws IOException if the store fails
   */
  public Optional<String> verify(Digest digest) throws IOException {
    Optional<FileContent> opened = pool.openFile(digest);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Hasher hasher = digest.algorithm().newHasher();
    long expected = opened.get().size();
    try (BlobContent content = opened.get();
        InputStream in = content.openStream(0)) {
      byte[] buffer = new byte[BlobContent.COPY_BUFFER_SIZE];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
        bytes += count;
        listener.onProgress(bytes, counters.get().bytes());
        limit.take(count);
      }
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
    blobs++;
    if (hasher.size() != expected) {
      return Optional.of("has " + hasher.size() + " bytes and not " + expected);
    }
    return hasher.digest().equals(digest)
        ? Optional.empty()
        : Optional.of("its bytes have the digest " + hasher.digest());
  }

  /** How many blobs were read. */
  public long blobs() {
    return blobs;
  }

  /** How many bytes were read. */
  public long bytes() {
    return bytes;
  }
}
