package io.registrykit.store.fs.internal.recovery;

import io.registrykit.model.Digest;
import io.registrykit.store.fs.internal.codec.DamagedException;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.LogEntry;
import io.registrykit.store.fs.internal.log.Unsynced;
import io.registrykit.store.fs.internal.names.Names;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.pool.BlobRestore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the files agree with the log after a crash. For one thread. */
public final class Replay {
  private static final String SUFFIX = ".log";

  private final Disk disk;
  private final Layout layout;
  private final Names names;
  private final BlobCounters counters;
  private final Unsynced unsynced;
  private final LogDamage damage;

  private final In.Interned interned = new In.Interned();

  /** The last entry of each blob that the log speaks of. */
  private final Map<Digest, LogEntry> blobs = new LinkedHashMap<>();

  /**
   * A replay.
   *
   * @param unsynced takes what is to be synced before the log forgets it
   * @param damage told of what the log lacks
   */
  public Replay(
      Disk disk,
      Layout layout,
      Names names,
      BlobCounters counters,
      Unsynced unsynced,
      LogDamage damage) {
    this.disk = disk;
    this.layout = layout;
    this.names = names;
    this.counters = counters;
    this.unsynced = unsynced;
    this.damage = damage;
  }

  /**
   * Redoes what the segments of the log say.
   *
   * @return the number of the last segment, or of the one before the first when there is none
   * @throws IOException if a segment that is needed is damaged or missing
   */
  public long run(CheckpointFile checkpoint) throws IOException {
    counters.set(checkpoint.counts());
    names.expectCatalog(checkpoint.catalog());
    names.sequence().set(checkpoint.sequence());
    checkpoint.withEvents().forEach(name -> names.events().set(name, true));
    names.replayHeld(checkpoint.held(), interned);
    long last = checkpoint.firstSegment() - 1;
    for (long segment : segments()) {
      if (segment < checkpoint.firstSegment()) {
        disk.ops().delete(layout.segment(segment));
        continue;
      }
      requireNone(last + 1, segment);
      read(layout.segment(segment));
      last = segment;
    }
    if (!checkpoint.isFirst() && disk.ops().info(layout.cleanMark()).isEmpty()) {
      requireNone(last + 1, checkpoint.firstSegment() + 1);
    }
    BlobRestore restore = new BlobRestore(disk, layout, unsynced);
    for (LogEntry entry : blobs.values()) {
      if (entry instanceof LogEntry.BlobCame came) {
        if (!restore.came(came)) {
          // Somebody else took its files; a check names the repositories that miss it.
          counters.add(-1, -came.size());
        }
      } else if (entry instanceof LogEntry.BlobWent went) {
        restore.went(went.digest());
      }
    }
    return last;
  }

  /** What was acknowledged may be in a segment that is not there. */
  private void requireNone(long missing, long before) throws IOException {
    if (missing < before) {
      Path segment = layout.segment(missing);
      damage.found(segment, new IOException(segment + " is missing"));
    }
  }

  private NavigableSet<Long> segments() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    disk.ops()
        .list(
            layout.log(),
            file -> {
              String name = String.valueOf(file.getFileName());
              if (name.endsWith(SUFFIX)) {
                numbers.add(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
              }
            });
    return numbers;
  }

  private void read(Path segment) throws IOException {
    try (FileHandle file = disk.ops().openForRead(segment)) {
      FrameReader frames = new FrameReader(file, segment);
      byte[] frame = next(frames, segment);
      while (frame != null) {
        In in = new In(frame);
        while (!in.atEnd()) {
          redo(LogEntry.decode(in.bytes(), interned));
        }
        frame = next(frames, segment);
      }
    }
  }

  private byte @Nullable [] next(FrameReader frames, Path segment) throws IOException {
    try {
      return frames.next();
    } catch (DamagedException e) {
      damage.found(segment, e);
      frames.skipDamage();
      return frames.next();
    }
  }

  private void redo(LogEntry entry) throws IOException {
    if (entry instanceof LogEntry.Commit commit) {
      names.replay(commit, interned);
    } else if (entry instanceof LogEntry.BlobCame came) {
      counters.add(1, came.size());
      blobs.put(came.digest(), came);
    } else if (entry instanceof LogEntry.BlobWent went) {
      counters.add(-1, -went.size());
      blobs.put(went.digest(), went);
    }
  }
}
