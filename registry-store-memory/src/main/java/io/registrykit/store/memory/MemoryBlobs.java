package io.registrykit.store.memory;

import io.registrykit.error.LimitException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The bytes. Thread-safe: what must not race runs inside one map's computation for the digest. */
final class MemoryBlobs implements BlobStore {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Lifecycle lifecycle;
  private final Capacity capacity;
  private final Clock clock;
  private final int maxUploads;
  private final Semaphore freeUploads;
  private final ConcurrentHashMap<Digest, Blob> blobs = new ConcurrentHashMap<>();
  private final AtomicLong blobBytes = new AtomicLong();
  private final ConcurrentHashMap<UploadId, UploadSession> uploads = new ConcurrentHashMap<>();
  private final AtomicLong uploadBytes = new AtomicLong();

  /** A stored blob and when somebody last wanted it. Immutable once it is in the map. */
  private record Blob(Chunks chunks, Instant touchedAt) {
    Blob touched(Instant now) {
      return now.isAfter(touchedAt) ? new Blob(chunks, now) : this;
    }
  }

  MemoryBlobs(Lifecycle lifecycle, Capacity capacity, int maxUploads, Clock clock) {
    this.lifecycle = lifecycle;
    this.capacity = capacity;
    this.clock = clock;
    this.maxUploads = maxUploads;
    this.freeUploads = new Semaphore(maxUploads);
  }

  @Override
  public OptionalLong size(Digest digest) throws IOException {
    lifecycle.ensureOpen();
    Blob blob = blobs.get(digest);
    return blob == null ? OptionalLong.empty() : OptionalLong.of(blob.chunks().size());
  }

  @Override
  public Optional<BlobContent> open(Digest digest) throws IOException {
    lifecycle.ensureOpen();
    Blob blob = blobs.get(digest);
    return blob == null ? Optional.empty() : Optional.of(new MemoryContent(digest, blob.chunks()));
  }

  @Override
  public BlobUpload begin(UploadSpec spec) throws IOException {
    lifecycle.ensureOpen();
    if (!freeUploads.tryAcquire()) {
      throw LimitException.tooMany(maxUploads + " uploads are open", RETRY);
    }
    UploadSession session = new UploadSession(UploadId.random(), spec, capacity, uploadBytes);
    uploads.put(session.id(), session);
    return new MemoryUpload(this, lifecycle, session);
  }

  @Override
  public Optional<BlobUpload> resume(UploadId id) throws IOException {
    lifecycle.ensureOpen();
    UploadSession session = uploads.get(id);
    if (session == null) {
      return Optional.empty();
    }
    session.hold();
    // It may have ended between the look and the hold.
    if (uploads.get(id) != session) {
      session.release();
      return Optional.empty();
    }
    return Optional.of(new MemoryUpload(this, lifecycle, session));
  }

  @Override
  public Optional<UploadStatus> status(UploadId id) throws IOException {
    lifecycle.ensureOpen();
    return Optional.ofNullable(uploads.get(id)).map(UploadSession::status);
  }

  /** Makes the bytes of an upload visible and ends it. */
  void publish(Digest digest, UploadSession session) {
    blobs.compute(
        digest,
        (key, there) -> {
          Instant now = clock.instant();
          if (there != null) {
            session.discard();
            return there.touched(now);
          }
          blobBytes.addAndGet(session.size());
          return new Blob(session.seal(), now);
        });
    remove(session);
  }

  /** Ends an upload without a trace. */
  void forget(UploadSession session) {
    if (remove(session)) {
      session.discard();
    }
  }

  private boolean remove(UploadSession session) {
    boolean removed = uploads.remove(session.id(), session);
    if (removed) {
      uploadBytes.addAndGet(-session.size());
      freeUploads.release();
    }
    return removed;
  }

  @Override
  public boolean touch(Digest digest, Instant now) throws IOException {
    lifecycle.ensureOpen();
    return blobs.computeIfPresent(digest, (key, blob) -> blob.touched(now)) != null;
  }

  @Override
  public boolean deleteIfUntouchedSince(Digest digest, Instant cutoff) throws IOException {
    lifecycle.ensureOpen();
    AtomicBoolean deleted = new AtomicBoolean();
    blobs.computeIfPresent(
        digest,
        (key, blob) -> {
          if (!blob.touchedAt().isBefore(cutoff)) {
            return blob;
          }
          deleted.set(true);
          blobBytes.addAndGet(-blob.chunks().size());
          capacity.release(blob.chunks().size());
          return null;
        });
    return deleted.get();
  }

  @Override
  public void forEach(Consumer<? super Digest> visitor) throws IOException {
    lifecycle.ensureOpen();
    blobs.keySet().forEach(visitor);
  }

  @Override
  public int purgeUploads(Instant startedBefore) throws IOException {
    lifecycle.ensureOpen();
    int purged = 0;
    for (UploadSession session : uploads.values()) {
      if (session.spec().startedAt().isBefore(startedBefore) && session.tryHold()) {
        if (uploads.get(session.id()) == session) {
          forget(session);
          purged++;
        }
        session.release();
      }
    }
    return purged;
  }

  @Override
  public StoreUsage usage() throws IOException {
    lifecycle.ensureOpen();
    return new StoreUsage(
        blobs.mappingCount(), blobBytes.get(), uploads.mappingCount(), uploadBytes.get());
  }

  /** Lets the heap have everything back; the store is closed. */
  void clear() {
    blobs.clear();
    uploads.clear();
  }
}
