package io.registrykit.store.fs.internal.names;

import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.codec.Row;
import io.registrykit.store.fs.internal.codec.RowCodec;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.FileTree;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The files of one repository: a snapshot of its rows, and a journal of those that came since. A
 * frame starts with the sequence number of its commit; what a snapshot has already is passed over.
 */
final class RepositoryFiles {
  /** A journal below this length is never worth a snapshot, in bytes. */
  private static final long MIN_JOURNAL = 64 * 1024;

  private static final int CHUNK = 64 * 1024;

  /** The first frame of a journal that is nothing without the snapshot: no rows, and number 0. */
  private static final byte[] FOLLOWS = Frame.of(new Out().number(0).toByteArray());

  private final Disk disk;
  private final Layout layout;

  /** What the journal of a repository is. */
  private enum Journal {
    ABSENT,
    OF_EVERYTHING,
    FOLLOWS_SNAPSHOT
  }

  RepositoryFiles(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /**
   * Fills an empty cell from the files; the caller holds both locks.
   *
   * @param log what the log says of it; a file that lacks what the log has not is damaged
   * @param catalog says which repositories there should be
   * @throws IOException if a file cannot be read, is damaged or missing
   */
  void load(Cell cell, Backlog.Said log, Catalog catalog) throws IOException {
    In.Interned interned = new In.Interned();
    boolean snapshot = loadSnapshot(cell, interned);
    Journal journal = loadJournal(cell, interned);
    if (log.removal()) {
      // Some of the files may be gone already.
      return;
    }
    if (cell.journalTorn && !log.anything()) {
      throw new IOException(
          layout.journal(cell.name) + " is damaged: it ends at byte " + cell.journalBytes);
    }
    if (cell.sequence == 0 && !log.creation() && hasFolder(cell) && catalog.has(cell.name)) {
      String what = journal == Journal.ABSENT ? " is missing" : " is empty";
      throw new IOException(layout.journal(cell.name) + what);
    }
    if (snapshot && journal == Journal.ABSENT) {
      throw new IOException(layout.journal(cell.name) + " is missing");
    }
    if (!snapshot && journal == Journal.FOLLOWS_SNAPSHOT) {
      throw new IOException(layout.snapshot(cell.name) + " is missing");
    }
  }

  private boolean hasFolder(Cell cell) throws IOException {
    return disk.ops().info(layout.registry(cell.name)).isPresent();
  }

  private boolean loadSnapshot(Cell cell, In.Interned interned) throws IOException {
    Path snapshot = layout.snapshot(cell.name);
    try (FileHandle file = disk.ops().openForRead(snapshot)) {
      FrameReader frames = new FrameReader(file, snapshot);
      byte[] frame = frames.next();
      boolean complete = false;
      while (frame != null) {
        complete = replay(cell, new In(frame, interned), 0);
        frame = frames.next();
      }
      if (!complete) {
        throw new IOException(snapshot + " is damaged: it ends early");
      }
      cell.snapshotBytes = frames.position();
      return true;
    } catch (NoSuchFileException e) {
      cell.snapshotBytes = 0;
      return false;
    }
  }

  private Journal loadJournal(Cell cell, In.Interned interned) throws IOException {
    Journal found = Journal.OF_EVERYTHING;
    Path journal = layout.journal(cell.name);
    try (FileHandle file = disk.ops().openForRead(journal)) {
      FrameReader frames = new FrameReader(file, journal);
      long after = cell.sequence;
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        if (!replay(cell, new In(frame, interned), after)) {
          found = Journal.FOLLOWS_SNAPSHOT;
        }
      }
      cell.journalBytes = frames.position();
      cell.journalTorn = frames.stoppedEarly();
      return found;
    } catch (NoSuchFileException e) {
      cell.journalBytes = 0;
      cell.journalTorn = false;
      return Journal.ABSENT;
    }
  }

  /**
   * Carries a frame out; false for the number 0, which all frames of a snapshot but the last have.
   */
  private static boolean replay(Cell cell, In in, long after) throws IOException {
    long sequence = in.number();
    if (sequence > after || (after == 0 && sequence == 0)) {
      apply(cell, in);
      cell.sequence = Math.max(cell.sequence, sequence);
    }
    return sequence != 0;
  }

  /** Carries rows out. */
  static void apply(Cell cell, In in) throws IOException {
    UndoLog undo = UndoLog.forgetting();
    while (!in.atEnd()) {
      cell.apply(RowCodec.read(in), undo);
    }
  }

  static byte[] encode(List<Row> rows) {
    Out out = new Out();
    rows.forEach(row -> RowCodec.write(out, row));
    return out.toByteArray();
  }

  /**
   * Appends rows to the journal, durably but for directories, in the place of what a crash left
   * half written.
   *
   * @param gained takes the directories that gained an entry
   * @return false if the journal went since it was read: then only {@link #writeAnew} helps
   */
  boolean append(Cell cell, List<Cell.PendingRows> commits, Collection<? super Path> gained)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (cell.journalBytes == 0 && cell.snapshotBytes > 0) {
      bytes.writeBytes(FOLLOWS);
    }
    for (Cell.PendingRows commit : commits) {
      Out out = new Out(commit.rows().length + 10);
      out.number(commit.sequence()).raw(commit.rows(), 0, commit.rows().length);
      bytes.writeBytes(Frame.of(out.toByteArray()));
    }
    Path journal = layout.journal(cell.name);
    FileHandle opened;
    try {
      opened =
          cell.journalBytes > 0 ? disk.ops().openForWrite(journal) : openJournal(journal, gained);
    } catch (NoSuchFileException e) {
      return false;
    }
    try (FileHandle file = opened) {
      if (cell.journalTorn) {
        file.truncate(cell.journalBytes);
      }
      try {
        file.write(ByteBuffer.wrap(bytes.toByteArray()), cell.journalBytes);
      } catch (IOException e) {
        file.truncate(cell.journalBytes);
        throw e;
      }
      disk.force(file);
    }
    cell.journalBytes += bytes.size();
    cell.journalTorn = false;
    return true;
  }

  private FileHandle openJournal(Path journal, Collection<? super Path> gained) throws IOException {
    try {
      return disk.ops().openForWrite(journal);
    } catch (NoSuchFileException e) {
      Path folder = Disk.parent(journal);
      disk.createDirectories(folder, layout.root(), gained);
      gained.add(folder);
      return disk.ops().create(journal);
    }
  }

  /** Whether the journal is long beside the snapshot, so that one with all rows is worth it. */
  static boolean isLong(Cell cell) {
    return cell.journalBytes > Math.max(MIN_JOURNAL, 2 * cell.snapshotBytes);
  }

  /**
   * Puts all rows in a new snapshot and empties the journal; the caller keeps writers out.
   *
   * @param gained takes the directories that gained an entry
   */
  void writeAnew(Cell cell, Collection<? super Path> gained) throws IOException {
    disk.createDirectories(layout.registry(cell.name), layout.root(), gained);
    byte[] content = snapshot(cell);
    disk.replace(layout.snapshot(cell.name), content);
    cell.snapshotBytes = content.length;
    try (FileHandle file = openJournal(layout.journal(cell.name), gained)) {
      file.truncate(0);
      cell.journalBytes = 0;
      file.write(ByteBuffer.wrap(FOLLOWS), 0);
      cell.journalBytes = FOLLOWS.length;
      disk.force(file);
    }
  }

  /** Frames with the sequence number 0, and an empty one with the true number behind them. */
  private static byte[] snapshot(Cell cell) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Out out = new Out(CHUNK * 2);
    out.number(0);
    Rows.visit(
        cell,
        row -> {
          RowCodec.write(out, row);
          if (out.size() >= CHUNK) {
            bytes.writeBytes(Frame.of(out.toByteArray()));
            out.reset();
            out.number(0);
          }
        });
    bytes.writeBytes(Frame.of(out.toByteArray()));
    bytes.writeBytes(Frame.of(new Out().number(Math.max(cell.sequence, 1)).toByteArray()));
    return bytes.toByteArray();
  }

  /** Removes what shows a repository that is gone to other tools. */
  void removeView(Cell cell) throws IOException {
    FileTree.delete(disk.ops(), layout.view(cell.name));
  }

  /** Removes the files of a repository that is gone, and the folders that are empty then. */
  void remove(Cell cell, Collection<? super Path> lost) throws IOException {
    removeView(cell);
    Path folder = layout.registry(cell.name);
    if (disk.ops().info(folder).isPresent()) {
      if (cell.snapshotBytes > 0) {
        // Without the journal it would bring back events that are sent.
        disk.ops().delete(layout.snapshot(cell.name));
        disk.sync(folder);
      }
      FileTree.delete(disk.ops(), folder);
      Path below = Disk.parent(folder);
      lost.add(below);
      while (!below.equals(layout.repositories()) && deleteIfEmpty(below)) {
        below = Disk.parent(below);
        lost.add(below);
      }
    }
    cell.journalBytes = 0;
    cell.snapshotBytes = 0;
  }

  private boolean deleteIfEmpty(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    disk.ops().list(folder, entries::add);
    try {
      return entries.isEmpty() && disk.ops().delete(folder);
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }
}
