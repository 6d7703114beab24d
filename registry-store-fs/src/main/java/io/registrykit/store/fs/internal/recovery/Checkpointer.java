package io.registrykit.store.fs.internal.recovery;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileErrors;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.CommitLog;
import io.registrykit.store.fs.internal.log.Unsynced;
import io.registrykit.store.fs.internal.log.WriteGate;
import io.registrykit.store.fs.internal.names.Names;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings what the log says into the files, so that the log can start anew. Thread-safe; one
 * checkpoint runs at a time.
 */
public final class Checkpointer implements AutoCloseable {
  private static final int RESERVE = 1 << 20;

  private final Disk disk;
  private final Layout layout;
  private final Health health;
  private final CommitLog log;
  private final WriteGate gate;
  private final Names names;
  private final BlobCounters counters;
  private final Together together;
  private final ReentrantLock running = new ReentrantLock();

  /** What an earlier checkpoint could not finish is kept here. */
  private Unsynced unfinished = new Unsynced();

  /** Whether the log began anew for a checkpoint that was not made. */
  private boolean begun;

  /** The last one that was made. */
  private CheckpointFile last;

  /**
   * A checkpointer.
   *
   * @param last the last checkpoint that was made
   * @param threads how many wait for the disk at once
   */
  public Checkpointer(
      Disk disk,
      Layout layout,
      Health health,
      CommitLog log,
      WriteGate gate,
      Names names,
      BlobCounters counters,
      CheckpointFile last,
      int threads) {
    this.disk = disk;
    this.layout = layout;
    this.health = health;
    this.log = log;
    this.gate = gate;
    this.names = names;
    this.counters = counters;
    this.last = last;
    this.together = new Together(threads);
  }

  /** What is true when a checkpoint starts. Immutable. */
  private record Start(
      CheckpointFile file, Collection<RepositoryName> repositories, Unsynced unsynced) {}

  /**
   * Makes a checkpoint.
   *
   * @throws IOException if the disk fails, after which the store is read-only, unless it is only
   *     full: then the next checkpoint does the work of this one too
   */
  public void run() throws IOException {
    running.lock();
    try {
      health.ensureWritable();
      names.readBacklog();
      Start start = gate.alone(this::start);
      unfinished.addAll(start.unsynced());
      save(start);
      deleteWhatOnlyTheLastNeeded(start.file());
      last = start.file();
      keepReserve();
    } catch (IOException e) {
      if (!FileErrors.isFull(e)) {
        health.fail(e);
      }
      throw FileErrors.translate(e);
    } finally {
      running.unlock();
    }
  }

  private void deleteWhatOnlyTheLastNeeded(CheckpointFile now) throws IOException {
    for (long segment = last.firstSegment(); segment < now.firstSegment(); segment++) {
      disk.ops().delete(layout.segment(segment));
    }
    Set<RepositoryName> readable = new TreeSet<>(last.held());
    now.held().forEach(readable::remove);
    names.dropHeld(readable);
  }

  /** Without room for it there is no reserve, until the next checkpoint. */
  private void keepReserve() throws IOException {
    if (disk.ops().info(layout.reserve()).isPresent()) {
      return;
    }
    try (FileHandle file = disk.ops().create(layout.reserve())) {
      file.write(ByteBuffer.allocate(RESERVE), 0);
    } catch (IOException e) {
      disk.ops().delete(layout.reserve());
    }
  }

  private Start start() throws IOException {
    // Tries on a full disk must not leave an empty segment each.
    if (!begun || log.size() > 0) {
      log.rotate();
      begun = true;
    }
    CheckpointFile file =
        new CheckpointFile(
            log.segment(),
            counters.get(),
            names.sequence().get(),
            names.events().names(),
            names.held(),
            names.catalogMark());
    return new Start(file, names.startSave(), gate.takeUnsynced());
  }

  private void save(Start start) throws IOException {
    together.each(unfinished.files(), disk::force);
    Unsynced changed = new Unsynced();
    together.each(start.repositories(), name -> names.save(name, changed));
    names.saveCatalog();
    unfinished.addAll(changed);
    together.each(unfinished.directories(), disk::sync);
    CheckpointFile file = start.file().with(names.catalogMark());
    file.write(disk, layout);
    unfinished = new Unsynced();
    begun = false;
  }

  @Override
  public void close() {
    together.close();
  }
}
