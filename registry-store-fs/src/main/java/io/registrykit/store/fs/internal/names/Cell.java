package io.registrykit.store.fs.internal.names;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.store.fs.internal.codec.Row;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of one repository in memory, whether it exists or not. There is one cell for a name at
 * a time. What is read and written under which lock stands at each field.
 */
final class Cell {
  final RepositoryName name;

  /** Guards what readers see; held for microseconds. */
  final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Held by whoever commits, also while the disk works. Taken before {@link #lock}. */
  final ReentrantLock committing = new ReentrantLock();

  /** Commits that wait for their turn; guarded by itself. */
  final Deque<PendingCommit> queue = new ArrayDeque<>();

  /** The repository, or null when it does not exist. Under {@link #lock}. */
  @Nullable RepositoryState state;

  /** Events that wait, by id, the oldest first. Under {@link #lock}. */
  final Map<String, EventRecord> outbox = new LinkedHashMap<>();

  /** Whether the files were read. Under {@link #lock}. */
  boolean loaded;

  /** The sequence number of the last commit. Under {@link #committing}. */
  long sequence;

  /** Rows that are in the log and not yet in the journal. Under {@link #committing}. */
  List<PendingRows> pending = new ArrayList<>();

  /** Of those, what a checkpoint is saving. Of the checkpoint alone. */
  final List<PendingRows> saving = new ArrayList<>();

  /** What the files have to follow. Under {@link #committing}. */
  CellChanges changes = new CellChanges();

  /** Of those, what a checkpoint carries out. Of the checkpoint alone. */
  final CellChanges carrying = new CellChanges();

  /** What the catalog has of the name. Under {@link #committing}. */
  Presence listed = Presence.ABSENT;

  /** How many bytes of the journal are whole. Of the checkpoint, once loaded. */
  long journalBytes;

  /** Whether bytes follow those. Of the checkpoint, once loaded. */
  boolean journalTorn;

  /** How long the snapshot is. Of the checkpoint, once loaded. */
  long snapshotBytes;

  /** Rows of one commit. Immutable, but for an array that nobody changes. */
  @SuppressWarnings("ArrayRecordComponent") // copies of everything that is written would show
  record PendingRows(long sequence, byte[] rows) {}

  Cell(RepositoryName name) {
    this.name = name;
  }

  /** Forgets what was read; the caller holds both locks. */
  void clear() {
    state = null;
    outbox.clear();
    sequence = 0;
    pending.clear();
    changes.clear();
  }

  /** Makes rows true that are in the log; the caller holds both locks. */
  void publish(List<Row> rows, PendingRows encoded) {
    UndoLog undo = UndoLog.forgetting();
    for (Row row : rows) {
      changes.note(state, row);
      apply(row, undo);
    }
    sequence = encoded.sequence();
    pending.add(encoded);
  }

  /** Sets aside what is to be saved; called while nobody commits. */
  void startSave() {
    saving.addAll(pending);
    pending = new ArrayList<>();
    carrying.addAll(changes);
    changes = new CellChanges();
  }

  /** Makes a row true; what it takes away need not be there. */
  void apply(Row row, UndoLog log) {
    if (row instanceof Row.RepositoryPut put) {
      RepositoryState target = existing(put.createdAt(), log);
      Instant created = target.createdAt;
      Instant updated = target.updatedAt;
      var attributes = target.attributes;
      target.createdAt = put.createdAt();
      target.updatedAt = put.updatedAt();
      target.attributes = put.attributes();
      log.add(
          () -> {
            target.createdAt = created;
            target.updatedAt = updated;
            target.attributes = attributes;
          });
    } else if (row instanceof Row.RepositoryGone) {
      RepositoryState before = state;
      state = null;
      log.add(() -> state = before);
    } else if (row instanceof Row.LinkPut put) {
      log.put(existing(put.link().linkedAt(), log).links, put.link().digest(), put.link());
    } else if (row instanceof Row.ManifestPut put) {
      existing(put.record().pushedAt(), log).putManifest(log, put.record());
    } else if (row instanceof Row.TagPut put) {
      existing(put.record().createdAt(), log).putTag(log, put.record());
    } else if (row instanceof Row.EventPut put) {
      if (!outbox.containsKey(put.event().id())) {
        log.put(outbox, put.event().id(), put.event());
      }
    } else if (row instanceof Row.EventGone gone) {
      log.remove(outbox, gone.id());
    } else if (state != null) {
      remove(state, row, log);
    }
  }

  private static void remove(RepositoryState from, Row row, UndoLog log) {
    if (row instanceof Row.LinkGone gone) {
      log.remove(from.links, gone.digest());
    } else if (row instanceof Row.ManifestGone gone) {
      from.removeManifest(log, gone.digest());
    } else if (row instanceof Row.TagGone gone) {
      from.removeTag(log, gone.tag());
    }
  }

  private RepositoryState existing(Instant createdAt, UndoLog log) {
    RepositoryState there = state;
    if (there == null) {
      there = new RepositoryState(createdAt);
      state = there;
      log.add(() -> state = null);
    }
    return there;
  }
}
