package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Row;
import io.registrykit.store.fs.internal.codec.RowCodec;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.CommitLog;
import io.registrykit.store.fs.internal.log.LogEntry;
import io.registrykit.store.fs.internal.log.Unsynced;
import io.registrykit.store.fs.internal.log.WriteGate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything about names between the log and the files of the repositories. Replay and saves are
 * for one thread at a time; the rest is thread-safe.
 */
public final class Names {
  private static final Logger LOGGER = System.getLogger(Names.class.getName());

  private final RepositoryFiles files;
  private final Health health;
  private final Cells cells;
  private final Catalog catalog;
  private final RepositoryFolders folders;
  private final EventIndex events = new EventIndex();
  private final ManifestFiles manifests;
  private final Backlog backlog;
  private final HeldCommits held;
  private final ImageLayoutView view;
  private final NameIndexes indexes;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * Names.
   *
   * @param cacheBytes about how much memory repositories and manifests may take, in bytes
   * @param unsynced takes what is to be synced before the log forgets what it said at the start
   */
  public Names(Disk disk, Layout layout, Health health, long cacheBytes, Unsynced unsynced) {
    this.files = new RepositoryFiles(disk, layout);
    this.health = health;
    this.manifests = new ManifestFiles(disk, layout, cacheBytes / 8);
    this.backlog = new Backlog(manifests, events, unsynced);
    this.held = new HeldCommits(disk, layout);
    this.catalog = new Catalog(new CatalogFile(disk, layout), this::eachInFolders);
    // An estimate: an entry takes 150 to 250 bytes.
    this.cells = new Cells(files, backlog, catalog, cacheBytes * 3 / 4 / 200);
    this.folders = new RepositoryFolders(disk, layout);
    this.view = new ImageLayoutView(disk, layout);
    this.indexes = new NameIndexes(cells, catalog, events);
  }

  /** The port over these names. */
  public FileRepositories port(CommitLog log, WriteGate gate) {
    return new FileRepositories(
        health,
        cells,
        catalog,
        events,
        manifests,
        new Committer(log, gate, health, manifests, indexes, sequence));
  }

  private void eachInFolders(BiConsumer<RepositoryName, Presence> visitor) throws IOException {
    folders.forEach(name -> visitor.accept(name, presence(name)));
  }

  private Presence presence(RepositoryName name) throws IOException {
    try {
      Cell cell = cells.get(name);
      cell.lock.readLock().lock();
      try {
        return Presence.of(cell.state);
      } finally {
        cell.lock.readLock().unlock();
      }
    } catch (UnreadableRepositoryException e) {
      // There is something, and a collection must not take it for nothing.
      return Presence.LISTED;
    }
  }

  /** Says how far the list of repositories goes at least; before anything else is asked. */
  public void expectCatalog(CatalogMark least) {
    catalog.expect(least);
  }

  /** How far the list of repositories goes, after {@link #saveCatalog}. */
  public CatalogMark catalogMark() {
    return catalog.mark();
  }

  /** What was found wrong with the list of repositories, which is in order now. */
  public Optional<String> catalogDamage() throws IOException {
    return catalog.damage();
  }

  /** The last sequence number that a commit has; the next is greater. */
  public AtomicLong sequence() {
    return sequence;
  }

  /** Which repositories have events that wait. */
  public EventIndex events() {
    return events;
  }

  /**
   * Notes a commit that the log has, whether the files have it or not: lists know of it at once,
   * and its repository when it is read.
   *
   * @param interned what commits share
   */
  public void replay(LogEntry.Commit commit, In.Interned interned) throws IOException {
    RepositoryName name = commit.repository();
    List<Row> rows = new ArrayList<>();
    In in = new In(commit.rows(), interned);
    while (!in.atEnd()) {
      Row row = RowCodec.read(in);
      rows.add(row);
      if (row instanceof Row.RepositoryPut put) {
        catalog.set(name, Presence.of(put.attributes()));
      } else if (row instanceof Row.RepositoryGone) {
        catalog.set(name, Presence.ABSENT);
      } else if (row instanceof Row.EventPut) {
        // Whether the event went again is seen when the repository is read.
        events.set(name, true);
      }
    }
    sequence.accumulateAndGet(commit.sequence(), Math::max);
    backlog.add(commit, rows);
  }

  /** Notes the commits that a checkpoint could not bring into the files of repositories. */
  public void replayHeld(Collection<RepositoryName> unreadable, In.Interned interned)
      throws IOException {
    for (RepositoryName name : unreadable) {
      for (LogEntry.Commit commit : held.read(name, interned)) {
        replay(commit, interned);
      }
    }
  }

  /**
   * Reads every repository of which the log knew more than its files. Of those that cannot be read
   * it keeps what the log said, since one damaged repository must not stop the others.
   */
  public void readBacklog() throws IOException {
    for (RepositoryName name : backlog.names()) {
      try {
        cells.get(name);
      } catch (UnreadableRepositoryException e) {
        if (held.hold(name, backlog.commits(name))) {
          LOGGER.log(Level.ERROR, "repository " + name + " cannot be read: " + e.getMessage());
        }
      }
    }
  }

  /**
   * The repositories that cannot be read and of which commits are held; called while nobody
   * commits, and after {@link #readBacklog}.
   */
  public List<RepositoryName> held() {
    return backlog.names();
  }

  /** Deletes what was held of repositories, once no checkpoint names them. */
  public void dropHeld(Collection<RepositoryName> readable) throws IOException {
    held.drop(readable);
  }

  /**
   * Sets aside what is to be saved; called while nobody commits, and after {@link #readBacklog}.
   */
  public Collection<RepositoryName> startSave() {
    catalog.startSave();
    return cells.takeUnsaved().stream().map(cell -> cell.name).toList();
  }

  /**
   * Saves what was set aside of one repository in its files, durably but for directories. Safe for
   * several repositories at once.
   *
   * @param changed takes the directories whose entries changed
   */
  public void save(RepositoryName name, Unsynced changed) throws IOException {
    List<Path> directories = new ArrayList<>();
    save(cells.get(name), changed, directories);
    directories.forEach(changed::addDirectory);
  }

  /** Lists a repository if it exists, and else not. */
  public void relist(RepositoryName name) throws IOException {
    Cell cell = cells.get(name);
    cell.committing.lock();
    try {
      cell.listed = Presence.of(cell.state);
      catalog.set(name, cell.listed);
    } finally {
      cell.committing.unlock();
    }
  }

  /** Lets the next checkpoint go through all that other tools see of a repository. */
  public void showAnew(RepositoryName name) throws IOException {
    Cell cell = cells.get(name);
    cell.committing.lock();
    try {
      RepositoryState state = cell.state;
      if (state != null) {
        cell.changes.content.addAll(state.links.keySet());
        cell.changes.content.addAll(state.manifests.keySet());
        cell.changes.index = true;
        cells.markUnsaved(cell);
      }
    } finally {
      cell.committing.unlock();
    }
  }

  /** Saves which repositories there are, durably. */
  public void saveCatalog() throws IOException {
    catalog.save();
  }

  private void save(Cell cell, Unsynced changed, Collection<Path> directories) throws IOException {
    boolean whole = true;
    if (!cell.saving.isEmpty() || cell.journalTorn) {
      whole = files.append(cell, cell.saving, directories);
      cell.saving.clear();
    }
    ViewUpdate update = null;
    boolean settled = true;
    cell.committing.lock();
    cell.lock.readLock().lock();
    try {
      RepositoryState state = cell.state;
      if (state != null) {
        deleteGone(cell, state, changed);
        update = view.prepare(cell, state);
        if (!whole || RepositoryFiles.isLong(cell)) {
          files.writeAnew(cell, directories);
        }
      } else if (!cell.outbox.isEmpty()) {
        deleteGone(cell, null, changed);
        files.removeView(cell);
        if (!whole || RepositoryFiles.isLong(cell)) {
          files.writeAnew(cell, directories);
        }
      } else if (cell.pending.isEmpty()) {
        files.remove(cell, directories);
      } else {
        settled = false;
      }
    } finally {
      cell.lock.readLock().unlock();
      cell.committing.unlock();
    }
    if (update != null) {
      // Takes as long as much changed, which nobody who commits should wait for.
      view.update(update);
    }
    if (settled) {
      cell.carrying.clear();
    }
    cells.saved(cell);
  }

  /** Deletes manifests that went, while nobody can push them again. */
  private void deleteGone(Cell cell, @Nullable RepositoryState state, Unsynced changed)
      throws IOException {
    for (Digest digest : cell.carrying.goneManifests) {
      if (state == null || !state.manifests.containsKey(digest)) {
        manifests.delete(cell.name, digest, changed);
      }
    }
  }
}
