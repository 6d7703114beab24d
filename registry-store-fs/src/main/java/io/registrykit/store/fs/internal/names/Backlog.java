package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.Row;
import io.registrykit.store.fs.internal.log.LogEntry;
import io.registrykit.store.fs.internal.log.Unsynced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the log said when the store was opened and the repositories do not have yet: a repository
 * takes its part when it is first read, so that opening costs what the log has and not what is
 * stored. Filled by one thread; then thread-safe.
 */
final class Backlog {
  private final ManifestFiles manifests;
  private final EventIndex events;
  private final Unsynced unsynced;
  private final Map<RepositoryName, List<Entry>> entries = new ConcurrentHashMap<>();

  /**
   * What the files of a repository may lack, as the log has it. Immutable.
   *
   * @param anything whether the log names the repository
   * @param creation whether it begins with its first commit
   * @param removal whether it says that the repository went, at some time since its files were
   *     saved
   */
  record Said(boolean anything, boolean creation, boolean removal) {}

  /** A commit, and its rows once more as they are used. Immutable. */
  private record Entry(LogEntry.Commit commit, List<Row> rows) {}

  /**
   * An empty one.
   *
   * @param unsynced takes what is to be synced before the log forgets it
   */
  Backlog(ManifestFiles manifests, EventIndex events, Unsynced unsynced) {
    this.manifests = manifests;
    this.events = events;
    this.unsynced = unsynced;
  }

  /** Adds what the log says next; what was held of it before comes twice. */
  void add(LogEntry.Commit commit, List<Row> rows) {
    List<Entry> all = entries.computeIfAbsent(commit.repository(), name -> new ArrayList<>());
    if (all.isEmpty() || all.get(all.size() - 1).commit.sequence() < commit.sequence()) {
      all.add(new Entry(commit, rows));
    }
  }

  /** The repositories that have not taken their part. */
  List<RepositoryName> names() {
    return List.copyOf(entries.keySet());
  }

  /** What the log says of a repository that has not taken its part. */
  Said of(RepositoryName name) {
    List<Entry> all = entries.getOrDefault(name, List.of());
    return new Said(
        !all.isEmpty(),
        !all.isEmpty() && all.get(0).rows.stream().anyMatch(Backlog::isNew),
        all.stream()
            .flatMap(entry -> entry.rows.stream())
            .anyMatch(Row.RepositoryGone.class::isInstance));
  }

  private static boolean isNew(Row row) {
    return row instanceof Row.RepositoryPut put && put.createdAt().equals(put.updatedAt());
  }

  /** The part of a repository that has not taken it; else nothing. */
  List<LogEntry.Commit> commits(RepositoryName name) {
    return entries.getOrDefault(name, List.of()).stream().map(Entry::commit).toList();
  }

  /**
   * Gives a cell that has just been read from the files its part, until {@link #taken} says that it
   * is kept. What fails can be tried again with the cell read anew; the caller holds both of its
   * locks.
   *
   * @return whether there was any
   */
  boolean redo(Cell cell) throws IOException {
    List<Entry> all = entries.get(cell.name);
    if (all == null) {
      return false;
    }
    for (Entry entry : all) {
      for (Map.Entry<Digest, Bytes> content : entry.commit.contents().entrySet()) {
        manifests.restore(cell.name, content.getKey(), content.getValue(), unsynced);
      }
    }
    for (Entry entry : all) {
      LogEntry.Commit commit = entry.commit;
      if (commit.sequence() > cell.sequence) {
        cell.publish(entry.rows, new Cell.PendingRows(commit.sequence(), commit.rows()));
      } else {
        entry.rows.forEach(row -> cell.changes.note(null, row));
      }
    }
    events.set(cell.name, !cell.outbox.isEmpty());
    return true;
  }

  /** A repository has taken its part, and the next checkpoint knows of it. */
  void taken(RepositoryName name) {
    entries.remove(name);
  }
}
