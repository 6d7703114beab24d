package io.registrykit.server.jdk;

import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps the digests and lengths of blobs, and gives back zeros: a store of any size that takes no
 * memory. Safe for use by any number of threads.
 */
final class DiscardingBlobs implements BlobStore {
  private final Map<Digest, Long> blobs = new ConcurrentHashMap<>();
  private final Map<UploadId, Upload> uploads = new ConcurrentHashMap<>();

  @Override
  public OptionalLong size(Digest digest) {
    Long size = blobs.get(digest);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  @Override
  public Optional<BlobContent> open(Digest digest) {
    return Optional.ofNullable(blobs.get(digest))
        .map(size -> new GeneratedContent(size, Long.MAX_VALUE));
  }

  @Override
  public BlobUpload begin(UploadSpec spec) {
    Upload upload = new Upload(new UploadId(UUID.randomUUID()), spec);
    uploads.put(upload.id(), upload);
    return upload;
  }

  @Override
  public Optional<BlobUpload> resume(UploadId id) {
    return Optional.ofNullable(uploads.get(id));
  }

  @Override
  public Optional<UploadStatus> status(UploadId id) {
    return Optional.ofNullable(uploads.get(id))
        .map(upload -> new UploadStatus(id, upload.spec(), upload.size()));
  }

  @Override
  public boolean touch(Digest digest, Instant now) {
    return blobs.containsKey(digest);
  }

  @Override
  public boolean deleteIfUntouchedSince(Digest digest, Instant cutoff) {
    return false;
  }

  @Override
  public void forEach(Consumer<? super Digest> visitor) {
    blobs.keySet().forEach(visitor);
  }

  @Override
  public int purgeUploads(Instant startedBefore) {
    return 0;
  }

  @Override
  public StoreUsage usage() {
    return new StoreUsage(blobs.size(), 0, uploads.size(), 0);
  }

  private final class Upload implements BlobUpload {
    private final UploadId id;
    private final UploadSpec spec;
    private final Hasher hasher;

    Upload(UploadId id, UploadSpec spec) {
      this.id = id;
      this.spec = spec;
      this.hasher = spec.algorithm().newHasher();
    }

    @Override
    public UploadId id() {
      return id;
    }

    @Override
    public UploadSpec spec() {
      return spec;
    }

    @Override
    public long size() {
      return hasher.size();
    }

    @Override
    public long append(InputStream body) throws IOException {
      byte[] buffer = new byte[64 * 1024];
      for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
        hasher.update(buffer, 0, got);
      }
      return hasher.size();
    }

    @Override
    public void truncate(long size) {
      throw new UnsupportedOperationException("what was hashed stays hashed");
    }

    @Override
    public long commit(Digest expected) throws IOException {
      if (!hasher.digest().equals(expected)) {
        throw new IOException("content is not " + expected);
      }
      blobs.put(expected, hasher.size());
      uploads.remove(id);
      return hasher.size();
    }

    @Override
    public void abort() {
      uploads.remove(id);
    }

    @Override
    public void close() {}
  }
}
