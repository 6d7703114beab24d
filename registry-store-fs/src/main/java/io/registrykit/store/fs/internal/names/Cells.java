package io.registrykit.store.fs.internal.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cells of repositories: those with rows that only the log has, and of the others as many as
 * fit. Thread-safe.
 */
public final class Cells {
  private final RepositoryFiles files;
  private final Backlog backlog;
  private final Catalog catalog;

  /** One cell for a name, as long as anybody holds it. */
  private final Cache<RepositoryName, Cell> all = Caffeine.newBuilder().weakValues().build();

  private final Cache<RepositoryName, Cell> recent;
  private volatile Map<RepositoryName, Cell> unsaved = new ConcurrentHashMap<>();
  private final Map<RepositoryName, Cell> beingSaved = new ConcurrentHashMap<>();

  Cells(RepositoryFiles files, Backlog backlog, Catalog catalog, long maxEntries) {
    this.files = files;
    this.backlog = backlog;
    this.catalog = catalog;
    this.recent =
        Caffeine.newBuilder()
            .maximumWeight(maxEntries)
            .weigher((RepositoryName name, Cell cell) -> weight(cell, maxEntries / 2))
            .executor(Runnable::run)
            .build();
  }

  /** What outweighs the cache has to fit all the same, or each request would read it anew. */
  private static int weight(Cell cell, long most) {
    cell.lock.readLock().lock();
    try {
      RepositoryState state = cell.state;
      long entries = 8 + (state == null ? 0 : state.entries());
      return (int) Math.min(Integer.MAX_VALUE, Math.min(most, entries));
    } finally {
      cell.lock.readLock().unlock();
    }
  }

  /**
   * The cell of a name, with the files and what the log has beyond them.
   *
   * @throws UnreadableRepositoryException if the files of this repository cannot be read
   */
  Cell get(RepositoryName name) throws IOException {
    Cell cell = recent.getIfPresent(name);
    if (cell == null) {
      cell = all.get(name, Cell::new);
      load(cell);
      recent.put(name, cell);
    }
    return cell;
  }

  private void load(Cell cell) throws IOException {
    cell.lock.readLock().lock();
    try {
      if (cell.loaded) {
        return;
      }
    } finally {
      cell.lock.readLock().unlock();
    }
    cell.committing.lock();
    cell.lock.writeLock().lock();
    try {
      if (!cell.loaded) {
        boolean done = false;
        try {
          read(cell);
          if (backlog.redo(cell)) {
            // In this order: a checkpoint that finds neither would let the log go.
            markUnsaved(cell);
            backlog.taken(cell.name);
          }
          cell.loaded = true;
          cell.listed = Presence.of(cell.state);
          done = true;
        } finally {
          if (!done) {
            cell.clear();
          }
        }
      }
    } finally {
      cell.lock.writeLock().unlock();
      cell.committing.unlock();
    }
  }

  private void read(Cell cell) throws UnreadableRepositoryException {
    try {
      files.load(cell, backlog.of(cell.name), catalog);
    } catch (IOException e) {
      throw new UnreadableRepositoryException(e);
    }
  }

  /** Keeps a cell until its rows are saved. */
  void markUnsaved(Cell cell) {
    unsaved.put(cell.name, cell);
  }

  /** The cells to save; called while nobody commits, and followed by {@link #saved}. */
  List<Cell> takeUnsaved() {
    unsaved.values().forEach(Cell::startSave);
    beingSaved.putAll(unsaved);
    unsaved = new ConcurrentHashMap<>();
    return new ArrayList<>(beingSaved.values());
  }

  /** The cell's rows are in its files. */
  void saved(Cell cell) {
    beingSaved.remove(cell.name);
    // Anew, since the cell may weigh more than before.
    recent.put(cell.name, cell);
  }
}
