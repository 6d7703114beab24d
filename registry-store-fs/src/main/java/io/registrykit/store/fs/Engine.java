package io.registrykit.store.fs;

import io.registrykit.error.LimitException;
import io.registrykit.error.RegistryException;
import io.registrykit.store.fs.internal.check.Check;
import io.registrykit.store.fs.internal.check.Leftovers;
import io.registrykit.store.fs.internal.check.RateLimit;
import io.registrykit.store.fs.internal.check.Scrub;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileOps;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.files.NioFileOps;
import io.registrykit.store.fs.internal.layout.FormatFile;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.layout.RootLock;
import io.registrykit.store.fs.internal.log.CommitLog;
import io.registrykit.store.fs.internal.log.WriteGate;
import io.registrykit.store.fs.internal.names.FileRepositories;
import io.registrykit.store.fs.internal.names.Names;
import io.registrykit.store.fs.internal.names.RepositoryFolders;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.pool.BlobPool;
import io.registrykit.store.fs.internal.recovery.CheckpointFile;
import io.registrykit.store.fs.internal.recovery.CheckpointThread;
import io.registrykit.store.fs.internal.recovery.Checkpointer;
import io.registrykit.store.fs.internal.recovery.LogDamage;
import io.registrykit.store.fs.internal.recovery.Replay;
import io.registrykit.store.fs.internal.uploads.Uploads;
import io.registrykit.store.fs.internal.uploads.WriteOut;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The parts of an open store and the order in which they come and go. Thread-safe. */
final class Engine implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(FileStore.class.getName());
  private static final long MAX_LOG_BYTES = 16L << 20;
  private static final long MAX_LOG_AGE = TimeUnit.SECONDS.toNanos(5);
  private static final int SYNC_THREADS = 8;
  private static final int WRITE_OUT_THREADS = 2;

  private final Disk disk;
  private final Layout layout;
  private final Health health = new Health();
  private final CommitLog log;
  private final Checkpointer checkpointer;
  private final Names names;
  private final BlobCounters counters;
  private final BlobPool pool;
  private final WriteOut writeOut;
  private final Uploads uploads;
  private final FileBlobs blobs;
  private final FileRepositories repositories;

  /** What the log had lost when it was read. */
  private final List<Finding> lost = new ArrayList<>();

  private final ReentrantLock closing = new ReentrantLock();
  private final @Nullable RootLock lock;
  private final @Nullable CheckpointThread thread;

  /**
   * How a store is opened. Immutable.
   *
   * @param cacheBytes about how much memory may be used
   * @param withoutLost whether to open though the log lacks something that was acknowledged
   */
  record Options(
      Durability durability, int maxUploads, long cacheBytes, Clock clock, boolean withoutLost) {}

  static Engine open(Path root, Options options) throws IOException {
    Files.createDirectories(root);
    Path folder = root.toRealPath();
    RootLock lock = RootLock.take(new Layout(folder).lock());
    try {
      return new Engine(new NioFileOps(), folder, options, lock, true);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A store without a lock and a thread, for tests of what the calls of the file system do. */
  static Engine open(FileOps ops, Path root, Options options) throws IOException {
    return new Engine(ops, root, options, null, false);
  }

  private Engine(
      FileOps ops, Path root, Options options, @Nullable RootLock lock, boolean background)
      throws IOException {
    this.lock = lock;
    disk = new Disk(ops, options.durability() == Durability.FULL);
    layout = new Layout(root);
    FormatFile.openOrCreate(disk, layout);
    for (Path folder :
        List.of(layout.log(), layout.uploads(), layout.pool(), layout.repositories())) {
      disk.createDirectoriesNow(folder, root);
    }
    WriteGate gate = new WriteGate();
    counters = new BlobCounters();
    names = new Names(disk, layout, health, options.cacheBytes(), gate.unsynced());
    CheckpointFile checkpoint = CheckpointFile.read(disk, layout);
    LogDamage damage = options.withoutLost() ? this::goOnWithout : LogDamage.REFUSE;
    long last = new Replay(disk, layout, names, counters, gate.unsynced(), damage).run(checkpoint);
    boolean behind = last >= checkpoint.firstSegment();
    // After a crash the times of blobs may be lost: all count as wanted now.
    Instant touched = takeCleanMark() ? Instant.MIN : options.clock().instant();
    writeOut = new WriteOut(health, background ? WRITE_OUT_THREADS : 0, WriteOut.USUAL_STEP);
    log = new CommitLog(disk, layout, health, last + 1);
    try {
      pool =
          new BlobPool(
              disk, layout, health, log, gate, counters, touched, options.cacheBytes() / 8);
      uploads =
          new Uploads(disk, layout, health, pool, options.clock(), options.maxUploads(), writeOut);
      uploads.load();
      blobs = new FileBlobs(health, pool, uploads, counters);
      repositories = names.port(log, gate);
      checkpointer =
          new Checkpointer(
              disk,
              layout,
              health,
              log,
              gate,
              names,
              counters,
              checkpoint,
              background ? SYNC_THREADS : 1);
      if (checkpoint.isFirst()) {
        checkpointUnlessFull();
      }
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
    thread =
        background
            ? new CheckpointThread(checkpointer::run, log::size, behind, MAX_LOG_BYTES, MAX_LOG_AGE)
            : null;
  }

  /** Keeps a damaged segment, whose other entries have their places soon. */
  private void goOnWithout(Path segment, IOException what) throws IOException {
    if (disk.ops().info(segment).isPresent()) {
      disk.createDirectoriesNow(layout.quarantine(), layout.root());
      disk.replace(layout.quarantine().resolve("log-" + segment.getFileName()), disk.read(segment));
    }
    String name = layout.root().relativize(segment).toString().replace('\\', '/');
    lost.add(new Finding(Finding.Kind.LOG_DAMAGED, name, String.valueOf(what.getMessage()), true));
  }

  /** A store on a full disk opens, so that somebody can delete from it: the log has everything. */
  private void checkpointUnlessFull() throws IOException {
    try {
      checkpointer.run();
    } catch (LimitException e) {
      LOGGER.log(Level.WARNING, "no room to tidy up at the start: {0}", e.getMessage());
    }
  }

  private boolean takeCleanMark() throws IOException {
    boolean clean = disk.ops().delete(layout.cleanMark());
    if (clean) {
      disk.sync(layout.log());
    }
    return clean;
  }

  FileBlobs blobs() {
    return blobs;
  }

  FileRepositories repositories() {
    return repositories;
  }

  Health health() {
    return health;
  }

  void checkpoint() throws IOException {
    checkpointer.run();
  }

  ScrubReport scrub(long bytesPerSecond, CheckListener listener) throws IOException {
    health.ensureWritable();
    return new Scrub(pool, counters, new RateLimit(bytesPerSecond), listener).run();
  }

  /** Looks at everything; nothing is mended where a damage made the store read-only. */
  CheckReport check(boolean repair, CheckListener listener) throws IOException {
    try {
      // Files that the log is about to delete would look like leftovers.
      checkpointer.run();
    } catch (IOException | RegistryException e) {
      LOGGER.log(Level.WARNING, "checking without a checkpoint: {0}", e.getMessage());
    }
    Check check =
        new Check(
            pool,
            counters,
            names,
            repositories,
            new RepositoryFolders(disk, layout),
            new Leftovers(disk, layout),
            repair && !health.failed(),
            listener);
    lost.forEach(check::report);
    return check.run();
  }

  @Override
  public void close() throws IOException {
    closing.lock();
    try {
      if (health.closed()) {
        return;
      }
      if (thread != null) {
        thread.close();
      }
      finish();
    } finally {
      closing.unlock();
    }
  }

  private void finish() throws IOException {
    try {
      if (!health.failed()) {
        checkpointer.run();
      }
      health.close();
      uploads.parkAll();
      if (!health.failed()) {
        disk.ops().create(layout.cleanMark()).close();
        disk.sync(layout.log());
      }
    } finally {
      health.close();
      checkpointer.close();
      writeOut.close();
      log.close();
      if (lock != null) {
        lock.close();
      }
    }
  }
}
