package io.registrykit.store.memory;

import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upload between its start and its end. {@link #hold}, {@link #release} and {@link #status} are
 * safe for use by any number of threads; the rest is the holder's.
 */
final class UploadSession {
  private final UploadId id;
  private final UploadSpec spec;
  private final Capacity capacity;
  private final AtomicLong allUploads;
  private final AtomicBoolean held = new AtomicBoolean(true);
  private final Chunks chunks = new Chunks();

  /** What the chunks hold, for those who look on. */
  private volatile long size;

  private Hasher hasher;

  /**
   * A session that the caller holds.
   *
   * @param allUploads counts the bytes of every upload
   */
  UploadSession(UploadId id, UploadSpec spec, Capacity capacity, AtomicLong allUploads) {
    this.id = id;
    this.spec = spec;
    this.capacity = capacity;
    this.allUploads = allUploads;
    this.hasher = spec.algorithm().newHasher();
  }

  UploadId id() {
    return id;
  }

  UploadSpec spec() {
    return spec;
  }

  UploadStatus status() {
    return new UploadStatus(id, spec, size);
  }

  long size() {
    return size;
  }

  /**
   * Makes the caller the holder.
   *
   * @throws ConflictException if there is one
   */
  void hold() {
    if (!tryHold()) {
      throw new ConflictException(ErrorCode.BLOB_UPLOAD_INVALID, "upload is in use");
    }
  }

  boolean tryHold() {
    return held.compareAndSet(false, true);
  }

  void release() {
    held.set(false);
  }

  /** Stores what one read of the stream brings; returns the count, or -1 at its end. */
  int append(InputStream body) throws IOException {
    int count = chunks.fill(body);
    if (count > 0) {
      capacity.reserve(count);
      chunks.accept(count);
      size = chunks.size();
      allUploads.addAndGet(count);
      chunks.catchUp(hasher);
    }
    return count;
  }

  void truncate(long newSize) {
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException("upload of " + size + " bytes cannot end at " + newSize);
    }
    if (newSize == size) {
      return;
    }
    capacity.release(size - newSize);
    allUploads.addAndGet(newSize - size);
    chunks.truncate(newSize);
    size = newSize;
    hasher = spec.algorithm().newHasher();
  }

  boolean matches(Digest expected) {
    Hasher other =
        expected.algorithm() == spec.algorithm() ? hasher : expected.algorithm().newHasher();
    chunks.catchUp(other);
    return other.digest().equals(expected);
  }

  /** Hands the bytes on; the session takes no more. */
  Chunks seal() {
    chunks.trim();
    return chunks;
  }

  /** Gives back the room of bytes that nobody needs. */
  void discard() {
    capacity.release(size);
  }
}
