package io.registrykit.store.fs;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.pool.BlobPool;
import io.registrykit.store.fs.internal.uploads.Uploads;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The content port: the pool and the uploads. Thread-safe. */
final class FileBlobs implements BlobStore {
  private final Health health;
  private final BlobPool pool;
  private final Uploads uploads;
  private final BlobCounters counters;

  FileBlobs(Health health, BlobPool pool, Uploads uploads, BlobCounters counters) {
    this.health = health;
    this.pool = pool;
    this.uploads = uploads;
    this.counters = counters;
  }

  @Override
  public OptionalLong size(Digest digest) throws IOException {
    health.ensureOpen();
    long size = pool.size(digest);
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  @Override
  public Optional<BlobContent> open(Digest digest) throws IOException {
    health.ensureOpen();
    return pool.open(digest);
  }

  @Override
  public BlobUpload begin(UploadSpec spec) throws IOException {
    return uploads.begin(spec);
  }

  @Override
  public Optional<BlobUpload> resume(UploadId id) throws IOException {
    return uploads.resume(id);
  }

  @Override
  public Optional<UploadStatus> status(UploadId id) throws IOException {
    return uploads.status(id);
  }

  @Override
  public boolean touch(Digest digest, Instant now) throws IOException {
    health.ensureWritable();
    return pool.touch(digest, now);
  }

  @Override
  public boolean deleteIfUntouchedSince(Digest digest, Instant cutoff) throws IOException {
    health.ensureWritable();
    return pool.deleteIfUntouchedSince(digest, cutoff);
  }

  @Override
  public void forEach(Consumer<? super Digest> visitor) throws IOException {
    health.ensureOpen();
    pool.forEach(visitor);
  }

  @Override
  public int purgeUploads(Instant startedBefore) throws IOException {
    return uploads.purge(startedBefore);
  }

  @Override
  public StoreUsage usage() throws IOException {
    health.ensureOpen();
    BlobCounters.Counts counts = counters.get();
    return new StoreUsage(counts.blobs(), counts.bytes(), uploads.count(), uploads.bytes());
  }
}
