package io.registrykit.spi.tck;

import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Bytes;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The bytes of the {@link ReferenceModel}; every method excludes every other. */
final class ModelBlobs implements BlobStore {
  private final ReferenceModel model;
  private final Clock clock;
  private final Map<Digest, byte[]> blobs = new HashMap<>();
  private final Map<Digest, Instant> touched = new HashMap<>();
  private final Map<UploadId, ModelUpload> uploads = new HashMap<>();

  ModelBlobs(ReferenceModel model, Clock clock) {
    this.model = model;
    this.clock = clock;
  }

  @Override
  public synchronized OptionalLong size(Digest digest) throws IOException {
    model.ensureOpen();
    return blobs.containsKey(digest)
        ? OptionalLong.of(blobs.get(digest).length)
        : OptionalLong.empty();
  }

  @Override
  public synchronized Optional<BlobContent> open(Digest digest) throws IOException {
    model.ensureOpen();
    return Optional.ofNullable(blobs.get(digest))
        .map(bytes -> new ModelContent(digest, Bytes.copyOf(bytes)));
  }

  @Override
  public synchronized BlobUpload begin(UploadSpec spec) throws IOException {
    model.ensureOpen();
    ModelUpload upload = new ModelUpload(this, UploadId.random(), spec, new byte[0]);
    uploads.put(upload.id(), upload);
    return upload;
  }

  @Override
  public synchronized Optional<BlobUpload> resume(UploadId id) throws IOException {
    model.ensureOpen();
    ModelUpload before = uploads.get(id);
    if (before == null) {
      return Optional.empty();
    }
    if (!before.isClosed()) {
      throw new ConflictException(ErrorCode.BLOB_UPLOAD_INVALID, "in use");
    }
    ModelUpload upload = new ModelUpload(this, id, before.spec(), before.bytes());
    uploads.put(id, upload);
    return Optional.of(upload);
  }

  @Override
  public synchronized Optional<UploadStatus> status(UploadId id) throws IOException {
    model.ensureOpen();
    return Optional.ofNullable(uploads.get(id))
        .map(upload -> new UploadStatus(id, upload.spec(), upload.size()));
  }

  synchronized long bytes() {
    return blobs.values().stream().mapToLong(bytes -> bytes.length).sum()
        + uploads.values().stream().mapToLong(ModelUpload::size).sum();
  }

  void ensureRoom(long more) {
    model.ensureRoom(more);
  }

  void ensureOpen() throws IOException {
    model.ensureOpen();
  }

  synchronized void publish(ModelUpload upload, Digest digest) {
    blobs.putIfAbsent(digest, upload.bytes());
    touched.merge(digest, clock.instant(), (a, b) -> a.isAfter(b) ? a : b);
    uploads.remove(upload.id());
  }

  synchronized void forget(ModelUpload upload) {
    uploads.remove(upload.id());
  }

  synchronized void forgetUploads() {
    uploads.clear();
  }

  @Override
  public synchronized boolean touch(Digest digest, Instant now) throws IOException {
    model.ensureOpen();
    if (!blobs.containsKey(digest)) {
      return false;
    }
    touched.merge(digest, now, (a, b) -> a.isAfter(b) ? a : b);
    return true;
  }

  @Override
  public synchronized boolean deleteIfUntouchedSince(Digest digest, Instant cutoff)
      throws IOException {
    model.ensureOpen();
    Instant last = touched.get(digest);
    if (last == null || !last.isBefore(cutoff)) {
      return false;
    }
    blobs.remove(digest);
    touched.remove(digest);
    return true;
  }

  @Override
  public void forEach(Consumer<? super Digest> visitor) throws IOException {
    List<Digest> all;
    synchronized (this) {
      model.ensureOpen();
      all = List.copyOf(blobs.keySet());
    }
    all.forEach(visitor);
  }

  @Override
  public synchronized int purgeUploads(Instant startedBefore) throws IOException {
    model.ensureOpen();
    int before = uploads.size();
    uploads
        .values()
        .removeIf(upload -> upload.isClosed() && upload.spec().startedAt().isBefore(startedBefore));
    return before - uploads.size();
  }

  @Override
  public synchronized StoreUsage usage() throws IOException {
    model.ensureOpen();
    return new StoreUsage(
        blobs.size(),
        blobs.values().stream().mapToLong(bytes -> bytes.length).sum(),
        uploads.size(),
        uploads.values().stream().mapToLong(ModelUpload::size).sum());
  }
}
