package io.registrykit.store.fs.internal.uploads;

import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import io.registrykit.store.fs.internal.files.Health;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An upload between its start and its end. {@link #hold}, {@link #release} and {@link #status} are
 * safe for use by any number of threads; the rest is the holder's.
 */
final class UploadSession {
  private static final int BUFFER_SIZE = 128 * 1024;
  private static final int SMALL_BUFFER_SIZE = 16 * 1024;

  private final UploadId id;
  private final UploadSpec spec;
  private final UploadData data;
  private final UploadTotals totals;
  private final Health health;
  private final AtomicBoolean held;

  /** Lets the store close while somebody holds the upload. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean specWritten;

  /** Whether there may be a file with the specification, whole or not. */
  private volatile boolean specBegun;

  /** What the data has, for those who look on. */
  private volatile long size;

  /** Has seen all bytes, or is null when they are to be read again. */
  private @Nullable Hasher hasher;

  /** A new session, held by the caller. */
  UploadSession(UploadId id, UploadSpec spec, UploadData data, UploadTotals totals, Health health) {
    this.id = id;
    this.spec = spec;
    this.data = data;
    this.totals = totals;
    this.health = health;
    this.held = new AtomicBoolean(true);
    this.hasher = spec.algorithm().newHasher();
  }

  /** A session of an earlier process, held by nobody. */
  UploadSession(
      UploadId id,
      UploadSpec spec,
      UploadData data,
      UploadTotals totals,
      Health health,
      long size) {
    this.id = id;
    this.spec = spec;
    this.data = data;
    this.totals = totals;
    this.health = health;
    this.held = new AtomicBoolean(false);
    this.specWritten = true;
    this.specBegun = true;
    this.size = size;
  }

  UploadId id() {
    return id;
  }

  UploadSpec spec() {
    return spec;
  }

  UploadData data() {
    return data;
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

  /** Stores a stream to its end or failure. */
  void append(InputStream body) throws IOException {
    byte[] buffer = new byte[SMALL_BUFFER_SIZE];
    int filled = 0;
    while (true) {
      int count;
      try {
        count = body.read(buffer, filled, buffer.length - filled);
      } catch (IOException | RuntimeException e) {
        store(buffer, filled);
        throw e;
      }
      if (count < 0) {
        store(buffer, filled);
        return;
      }
      filled += count;
      if (filled == buffer.length) {
        store(buffer, filled);
        filled = 0;
        if (buffer.length < BUFFER_SIZE) {
          buffer = new byte[BUFFER_SIZE];
        }
      }
    }
  }

  private void store(byte[] buffer, int length) throws IOException {
    if (length == 0) {
      return;
    }
    lock.lock();
    try {
      health.ensureWritable();
      long before = size;
      data.write(buffer, length, before);
      if (hasher != null) {
        hasher.update(buffer, 0, length);
      }
      size = before + length;
      totals.addBytes(length);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Brings everything to disk, so that another holder can go on, even in another process.
   *
   * @param evenEmpty whether to keep an upload without a byte. Most get all of theirs in the next
   *     request, and when the process dies before, the client has lost nothing that it sent.
   */
  void park(UploadSpecs specs, Path specFile, boolean evenEmpty) throws IOException {
    lock.lock();
    try {
      data.park();
      if (!specWritten && (evenEmpty || size > 0)) {
        specBegun = true;
        specs.write(specFile, spec);
        specWritten = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether there may be a file with the specification. */
  boolean hasSpec() {
    return specBegun;
  }

  void truncate(long newSize) throws IOException {
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException("upload of " + size + " bytes cannot end at " + newSize);
    }
    if (newSize == size) {
      return;
    }
    data.truncate(newSize);
    totals.addBytes(newSize - size);
    size = newSize;
    hasher = null;
  }

  /** Whether the bytes have a digest; reads them again when they were not hashed in passing. */
  boolean matches(Digest expected) throws IOException {
    Hasher seen = hasher;
    if (seen == null || seen.algorithm() != expected.algorithm()) {
      seen = expected.algorithm().newHasher();
      data.readInto(seen, size);
      if (expected.algorithm() == spec.algorithm()) {
        hasher = seen;
      }
    }
    return seen.digest().equals(expected);
  }
}
