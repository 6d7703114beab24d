package io.registrykit.store.fs.internal.log;

import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileErrors;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log. An entry is on disk when {@link #append} returns. Writers that come while a
 * write is under way share the next one: one frame and one wait for the disk. Thread-safe.
 */
public final class CommitLog implements AutoCloseable {
  private static final int MAX_BATCH_BYTES = 8 * 1024 * 1024;
  private static final long MAX_SEGMENT_BYTES = 64L << 20;
  private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** How much room is made behind what is written: as much again, within these bounds. */
  private static final int MIN_ROOM = 64 * 1024;

  private static final int MAX_ROOM = 1024 * 1024;

  /** Room is not made in a segment during which the disk got full. */
  private static final long NO_MORE = Long.MAX_VALUE;

  private final Disk disk;
  private final Layout layout;
  private final Health health;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private List<Ticket> waiting = new ArrayList<>();
  private boolean writing;
  private FileHandle file;
  private volatile long segment;
  private volatile long size;

  /** How long the file is, with the room for what comes. Of whoever writes. */
  private long allocated;

  /** An entry that waits for the disk; read and written under the lock. */
  private static final class Ticket {
    final byte[] entry;
    final boolean frees;
    boolean done;
    @Nullable IOException failure;

    Ticket(byte[] entry, boolean frees) {
      this.entry = entry;
      this.frees = frees;
    }
  }

  /**
   * A log that goes on in a new segment.
   *
   * @param disk where to write
   * @param layout where the segments lie
   * @param health told when the disk fails
   * @param segment the number of the new segment
   */
  public CommitLog(Disk disk, Layout layout, Health health, long segment) throws IOException {
    this.disk = disk;
    this.layout = layout;
    this.health = health;
    this.segment = segment;
    this.file = open(segment);
  }

  private FileHandle open(long number) throws IOException {
    FileHandle handle = disk.ops().create(layout.segment(number));
    try {
      disk.sync(layout.log());
    } catch (IOException e) {
      handle.close();
      throw e;
    }
    return handle;
  }

  /**
   * Waits while checkpoints are far behind, but not for ever. Whoever is about to {@link #append}
   * calls it while a checkpoint can still start.
   */
  public void awaitRoom() {
    if (size < MAX_SEGMENT_BYTES) {
      return;
    }
    lock.lock();
    try {
      long left = ROOM_NANOS;
      while (size >= MAX_SEGMENT_BYTES && left > 0) {
        left = progress.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The number of the segment that is written to. */
  public long segment() {
    return segment;
  }

  /** How many bytes the segment has. */
  public long size() {
    return size;
  }

  /**
   * Writes an entry and waits until it is on disk.
   *
   * @param entry what happened
   * @param frees whether room comes of it, so that it may use the reserve of a full disk
   * @throws IOException if it is not known to be on disk
   * @throws io.registrykit.error.LimitException if the disk is full; the entry is not written
   */
  public void append(LogEntry entry, boolean frees) throws IOException {
    health.ensureWritable();
    Ticket ticket = new Ticket(LogEntry.encode(entry), frees);
    if (ticket.entry.length > Frame.MAX_LENGTH / 2) {
      throw new IOException("a commit of " + ticket.entry.length + " bytes is too large");
    }
    lock.lock();
    try {
      waiting.add(ticket);
      finish(ticket);
    } finally {
      lock.unlock();
    }
    if (ticket.failure != null) {
      throw health.failed() ? ticket.failure : FileErrors.translate(ticket.failure);
    }
  }

  /** Waits for a write that covers the ticket, or makes it. An interruption is kept for later. */
  private void finish(Ticket ticket) throws IOException {
    boolean interrupted = false;
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    try {
      while (!ticket.done) {
        if (!writing) {
          writeBatch();
        } else if (System.nanoTime() - deadline > 0) {
          throw health.fail(new IOException("the disk did not answer in time"));
        } else {
          try {
            progress.await(1, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Writes what waits; called and left with the lock, which is free meanwhile. */
  private void writeBatch() {
    List<Ticket> batch = takeBatch();
    writing = true;
    lock.unlock();
    IOException failure = null;
    List<Ticket> written = List.of();
    try {
      health.ensureWritable();
      written = writeWhatFits(batch);
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new IOException(e.getMessage(), e);
    } finally {
      lock.lock();
      writing = false;
      for (Ticket ticket : batch) {
        ticket.failure =
            failure == null && !written.contains(ticket)
                ? new IOException(FileErrors.FULL)
                : failure;
        ticket.done = true;
      }
      progress.signalAll();
    }
  }

  private List<Ticket> takeBatch() {
    long bytes = 0;
    int count = 0;
    while (count < waiting.size() && (count == 0 || bytes < MAX_BATCH_BYTES)) {
      bytes += waiting.get(count++).entry.length;
    }
    List<Ticket> batch = waiting;
    if (count == batch.size()) {
      waiting = new ArrayList<>();
    } else {
      waiting = new ArrayList<>(batch.subList(count, batch.size()));
      batch = new ArrayList<>(batch.subList(0, count));
    }
    return batch;
  }

  /** On a full disk, what frees room goes first, into the room of the reserve. */
  private List<Ticket> writeWhatFits(List<Ticket> batch) throws IOException {
    try {
      write(batch);
      return batch;
    } catch (IOException e) {
      List<Ticket> freeing = batch.stream().filter(ticket -> ticket.frees).toList();
      if (freeing.isEmpty() || health.failed() || !FileErrors.isFull(e)) {
        throw e;
      }
      disk.ops().delete(layout.reserve());
      allocated = NO_MORE;
      write(freeing);
      return freeing;
    }
  }

  private void write(List<Ticket> batch) throws IOException {
    long start = size;
    int expected = Frame.HEADER;
    for (Ticket ticket : batch) {
      expected += ticket.entry.length + 10;
    }
    Out out = new Out(expected);
    out.raw(new byte[Frame.HEADER], 0, Frame.HEADER);
    for (Ticket ticket : batch) {
      out.bytes(ticket.entry);
    }
    byte[] frame = out.toByteArray();
    Frame.seal(frame, frame.length);
    try {
      file.write(ByteBuffer.wrap(frame), start);
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
    makeRoom(start + frame.length);
    try {
      disk.force(file);
    } catch (IOException e) {
      // The kernel may have dropped the pages; a second try would succeed and prove nothing.
      throw health.fail(e);
    }
    size = start + frame.length;
  }

  /**
   * Fills the file with zeros behind a frame that does not fit into it. A sync of bytes within a
   * file that keeps its length waits for those bytes alone, and not for the journal of the file
   * system, in which everybody's changes stand in line.
   */
  private void makeRoom(long end) {
    if (!disk.durable() || end <= allocated) {
      return;
    }
    int room = (int) Math.max(MIN_ROOM, Math.min(end, MAX_ROOM));
    allocated = end + room;
    try {
      file.write(ByteBuffer.allocate(room), end);
    } catch (IOException e) {
      // The frame is there, and that is what counts; others may need what room there is.
      allocated = NO_MORE;
      giveBack(end);
    }
  }

  private void giveBack(long end) {
    try {
      file.truncate(end);
    } catch (IOException e) {
      // Zeros behind the frames do no harm.
      return;
    }
  }

  private void takeBack(IOException cause) {
    allocated = NO_MORE;
    try {
      file.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
      health.fail(cause);
    }
  }

  /** Goes on in a new segment. Nobody may append meanwhile. */
  public void rotate() throws IOException {
    lock.lock();
    try {
      long number = segment + 1;
      FileHandle next = open(number);
      FileHandle before = file;
      file = next;
      segment = number;
      size = 0;
      allocated = 0;
      progress.signalAll();
      before.close();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      file.close();
    } finally {
      lock.unlock();
    }
  }
}
