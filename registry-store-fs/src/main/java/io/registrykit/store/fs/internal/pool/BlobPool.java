package io.registrykit.store.fs.internal.pool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.UploadId;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileErrors;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.CommitLog;
import io.registrykit.store.fs.internal.log.LogEntry;
import io.registrykit.store.fs.internal.log.WriteGate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every blob once. What must not race for one digest runs under a lock for that digest.
 * Thread-safe.
 */
public final class BlobPool {
  /** How many blobs are known without a look at the disk. */
  private static final int MAX_KNOWN = 50_000;

  private static final int MAX_LARGE_BUFFERS = 16;

  private final Disk disk;
  private final Layout layout;
  private final Health health;
  private final CommitLog log;
  private final WriteGate gate;
  private final BlobCounters counters;
  private final Instant touchedAtLeast;
  private final Shards shards;
  private final SmallBlobs small;
  private final Semaphore largeBuffers = new Semaphore(MAX_LARGE_BUFFERS);
  private final Cache<Digest, ReentrantLock> locks = Caffeine.newBuilder().weakValues().build();
  private final Cache<Digest, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN).executor(Runnable::run).build();

  /** A blob that is stored. Immutable. */
  private record Known(long size, Instant touchedAt) {}

  /**
   * A pool.
   *
   * @param touchedAtLeast when blobs whose times may be lost count as touched
   * @param cacheBytes about how much memory the bytes of small blobs may take
   */
  public BlobPool(
      Disk disk,
      Layout layout,
      Health health,
      CommitLog log,
      WriteGate gate,
      BlobCounters counters,
      Instant touchedAtLeast,
      long cacheBytes) {
    this.disk = disk;
    this.layout = layout;
    this.health = health;
    this.log = log;
    this.gate = gate;
    this.counters = counters;
    this.touchedAtLeast = touchedAtLeast;
    this.shards = new Shards(disk, layout);
    this.small = new SmallBlobs(cacheBytes);
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T exclusively(Digest digest, Work<T> work) throws IOException {
    ReentrantLock lock = locks.get(digest, key -> new ReentrantLock());
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** The size of a blob, or -1. */
  public long size(Digest digest) throws IOException {
    Known found = known.getIfPresent(digest);
    if (found == null) {
      return exclusively(digest, () -> sizeOf(look(digest)));
    }
    return found.size();
  }

  private static long sizeOf(@Nullable Known found) {
    return found == null ? -1 : found.size();
  }

  /** What is known of a blob; the caller holds the digest's lock. */
  private @Nullable Known look(Digest digest) throws IOException {
    Known found = known.getIfPresent(digest);
    if (found == null) {
      FileInfo info = disk.ops().info(layout.blob(digest)).orElse(null);
      if (info != null) {
        Instant touched = info.modifiedAt();
        found = new Known(info.size(), touched.isAfter(touchedAtLeast) ? touched : touchedAtLeast);
        known.put(digest, found);
      }
    }
    return found;
  }

  /** Opens a blob. */
  public Optional<BlobContent> open(Digest digest) throws IOException {
    if (size(digest) < 0) {
      return Optional.empty();
    }
    BlobContent recent = small.find(digest);
    if (recent != null) {
      return Optional.of(recent);
    }
    Optional<FileContent> file = openFile(digest);
    return file.isPresent() && file.get().size() <= SmallBlobs.MAX_LENGTH
        ? Optional.of(small.read(file.get()))
        : file.map(content -> content);
  }

  /** Opens the file of a blob, whatever is in memory. */
  public Optional<FileContent> openFile(Digest digest) throws IOException {
    long size = size(digest);
    if (size < 0) {
      return Optional.empty();
    }
    Path file = layout.blob(digest);
    try {
      return Optional.of(
          new FileContent(digest, size, disk.ops().openForRead(file), file, largeBuffers));
    } catch (NoSuchFileException e) {
      return gone(digest, e);
    }
  }

  /** Deleted between two looks, or lost. */
  private Optional<FileContent> gone(Digest digest, NoSuchFileException cause) throws IOException {
    if (exclusively(digest, () -> known.getIfPresent(digest) == null)) {
      return Optional.empty();
    }
    throw new IOException("the bytes of blob " + digest + " are missing", cause);
  }

  /** Marks a blob as wanted; false when it is not stored. */
  public boolean touch(Digest digest, Instant now) throws IOException {
    return exclusively(
        digest,
        () -> {
          Known found = look(digest);
          return found != null && touch(digest, found, now);
        });
  }

  /** False when the bytes vanished; then the blob counts as gone. */
  private boolean touch(Digest digest, Known found, Instant now) throws IOException {
    if (!now.isAfter(found.touchedAt())) {
      return true;
    }
    return gate.write(
        () -> {
          try {
            disk.ops().setModifiedAt(layout.blob(digest), now);
          } catch (NoSuchFileException e) {
            log.append(new LogEntry.BlobWent(digest, found.size()), true);
            known.invalidate(digest);
            counters.add(-1, -found.size());
            return false;
          }
          gate.unsynced().addFile(layout.blob(digest));
          known.put(digest, new Known(found.size(), now));
          return true;
        });
  }

  /**
   * Makes the bytes of an upload a blob.
   *
   * @param now when it counts as touched
   * @return false when it was stored already, and the upload's bytes are not needed
   */
  public boolean publish(Digest digest, Arrival arrival, Instant now) throws IOException {
    log.awaitRoom();
    return exclusively(
        digest,
        () -> {
          Known found = look(digest);
          if (found != null && touch(digest, found, now)) {
            return false;
          }
          try {
            shards.prepare(digest);
            arrival.prepare();
            disk.ops().setModifiedAt(arrival.data(), now);
          } catch (IOException e) {
            throw FileErrors.translate(e);
          }
          gate.write(
              () -> {
                log.append(
                    new LogEntry.BlobCame(digest, arrival.size(), arrival.id(), arrival.content()),
                    false);
                moveIn(digest, arrival.data());
                disk.setReadOnly(layout.blob(digest));
                gate.unsynced().addFile(layout.blob(digest));
                counters.add(1, arrival.size());
                known.put(digest, new Known(arrival.size(), now));
                return digest;
              });
          return true;
        });
  }

  /** An upload that is whole. */
  public interface Arrival {
    /** The upload. */
    UploadId id();

    /** The length in bytes. */
    long size();

    /** The file with the bytes. */
    Path data();

    /** The bytes, when they are few enough to go into the log; else null. */
    byte @Nullable [] content();

    /** Makes the file, and puts it on disk unless the bytes go into the log. */
    void prepare() throws IOException;
  }

  private void moveIn(Digest digest, Path data) throws IOException {
    Path blob = layout.blob(digest);
    try {
      disk.ops().move(data, blob);
      gate.unsynced().addDirectory(Disk.parent(blob));
    } catch (IOException e) {
      // The log has the blob: the next opening puts it in its place.
      throw health.fail(e);
    }
  }

  /** Deletes a blob unless it was touched at or after an instant; true when it was deleted. */
  public boolean deleteIfUntouchedSince(Digest digest, Instant cutoff) throws IOException {
    return exclusively(
        digest,
        () -> {
          Known found = look(digest);
          if (found == null || !found.touchedAt().isBefore(cutoff)) {
            return false;
          }
          gate.write(
              () -> {
                log.append(new LogEntry.BlobWent(digest, found.size()), true);
                delete(digest);
                known.invalidate(digest);
                small.forget(digest);
                counters.add(-1, -found.size());
                return digest;
              });
          return true;
        });
  }

  private void delete(Digest digest) throws IOException {
    Path blob = layout.blob(digest);
    try {
      disk.ops().delete(blob);
      gate.unsynced().addDirectory(Disk.parent(blob));
    } catch (IOException e) {
      // The log says that the blob went: the next opening deletes it.
      throw health.fail(e);
    }
  }

  /**
   * Takes a blob out of the pool whose bytes are not those of its digest; false when it is gone.
   */
  public boolean quarantine(Digest digest) throws IOException {
    return exclusively(
        digest,
        () -> {
          Known found = look(digest);
          if (found == null) {
            return false;
          }
          disk.createDirectoriesNow(layout.quarantine(), layout.root());
          gate.write(
              () -> {
                log.append(new LogEntry.BlobWent(digest, found.size()), true);
                Path target =
                    layout.quarantine().resolve(digest.algorithm().id() + "-" + digest.hex());
                try {
                  disk.ops().move(layout.blob(digest), target);
                } catch (IOException e) {
                  throw health.fail(e);
                }
                gate.unsynced().addDirectory(layout.quarantine());
                gate.unsynced().addDirectory(Disk.parent(layout.blob(digest)));
                known.invalidate(digest);
                small.forget(digest);
                counters.add(-1, -found.size());
                return digest;
              });
          return true;
        });
  }

  /** Visits every blob. */
  public void forEach(Consumer<? super Digest> visitor) throws IOException {
    forEachShard(digests -> digests.forEach(visitor));
  }

  /** Takes the blobs of one directory. */
  public interface ShardVisitor {
    /** Takes them. */
    void visit(List<Digest> digests) throws IOException;
  }

  /** Visits every blob, a directory at a time. */
  public void forEachShard(ShardVisitor visitor) throws IOException {
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      List<Path> shards = new ArrayList<>();
      disk.ops().list(layout.pool().resolve(algorithm.id()), shards::add);
      for (Path shard : shards) {
        List<Digest> digests = new ArrayList<>();
        disk.ops().list(shard, file -> parse(algorithm, file).ifPresent(digests::add));
        visitor.visit(digests);
      }
    }
  }

  private static Optional<Digest> parse(DigestAlgorithm algorithm, Path file) {
    try {
      return Optional.of(new Digest(algorithm, String.valueOf(file.getFileName())));
    } catch (IllegalArgumentException e) {
      // Somebody else's file; a check reports it.
      return Optional.empty();
    }
  }
}
