package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sorted names of the repositories that exist: a file that names are added to, read when the
 * first list is asked for, and what came since. Where the file cannot be read, the repositories
 * themselves say which there are. Thread-safe.
 */
final class Catalog {
  private static final Logger LOGGER = System.getLogger(Catalog.class.getName());
  private static final int MIN_DEAD = 10_000;

  private final CatalogFile file;
  private final Origin origin;
  private final ReentrantLock lock = new ReentrantLock();

  /** Held while the repositories are gone through; taken before {@link #lock}. */
  private final ReentrantLock making = new ReentrantLock();

  /** Names that came, went or changed and are not in the file. */
  private Map<String, Presence> pending = new LinkedHashMap<>();

  /** Of those, what a checkpoint is writing. */
  private Map<String, Presence> beingSaved = new LinkedHashMap<>();

  /** The repositories that exist, and whether they are shown; null until a list is asked for. */
  private @Nullable NavigableMap<String, Presence> names;

  /** Another one after each change. */
  private long version;

  /** What was wrong with the file when it was read; null when nothing was. */
  private @Nullable String damage;

  /** Whether the file is to be written anew. */
  private boolean lost;

  /** What the catalog is derived from. */
  interface Origin {
    /** Visits every repository that has files, and perhaps some that do not exist. */
    void forEach(BiConsumer<RepositoryName, Presence> visitor) throws IOException;
  }

  Catalog(CatalogFile file, Origin origin) {
    this.file = file;
    this.origin = origin;
  }

  /** Says how far the file goes at least; before anything else is asked. */
  void expect(CatalogMark least) {
    file.expect(least);
  }

  /** How far the file goes, for a checkpoint to note after {@link #save}. */
  CatalogMark mark() {
    lock.lock();
    try {
      return file.mark();
    } finally {
      lock.unlock();
    }
  }

  /** A repository came into being, went, or is shown from now on or no more. */
  void set(RepositoryName name, Presence presence) {
    lock.lock();
    try {
      version++;
      pending.put(name.value(), presence);
      if (names != null) {
        apply(names, name.value(), presence);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void apply(Map<String, Presence> names, String name, Presence presence) {
    if (presence == Presence.ABSENT) {
      names.remove(name);
    } else {
      names.put(name, presence);
    }
  }

  /** A number that is another one after each change. */
  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A part of the names.
   *
   * @param hidden whether those that are not shown are among them
   */
  Page<RepositoryName> page(PageRequest request, boolean hidden) throws IOException {
    NavigableMap<String, Presence> all = load();
    lock.lock();
    try {
      String after = request.after();
      List<RepositoryName> items = new ArrayList<>(Math.min(request.limit(), 64));
      String last = null;
      for (var entry : (after == null ? all : all.tailMap(after, false)).entrySet()) {
        if (entry.getValue() == Presence.HIDDEN && !hidden) {
          continue;
        }
        if (items.size() == request.limit()) {
          return new Page<>(items, last);
        }
        items.add(new RepositoryName(entry.getKey()));
        last = entry.getKey();
      }
      return new Page<>(items, null);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a name is known to be one of a repository; what cannot be read says nothing. */
  boolean has(RepositoryName name) {
    lock.lock();
    try {
      NavigableMap<String, Presence> all = read();
      return all != null && all.containsKey(name.value());
    } finally {
      lock.unlock();
    }
  }

  /** What was found wrong with the file since the store was opened. */
  Optional<String> damage() throws IOException {
    load();
    lock.lock();
    try {
      return Optional.ofNullable(damage);
    } finally {
      lock.unlock();
    }
  }

  /** The names, which are the caller's under the lock alone. */
  private NavigableMap<String, Presence> load() throws IOException {
    lock.lock();
    try {
      NavigableMap<String, Presence> all = read();
      if (all != null) {
        return all;
      }
    } finally {
      lock.unlock();
    }
    making.lock();
    try {
      return makeAnew();
    } finally {
      making.unlock();
    }
  }

  /** Reads the file unless that was done; null when it is damaged. */
  private @Nullable NavigableMap<String, Presence> read() {
    if (names == null && damage == null) {
      NavigableMap<String, Presence> found = new TreeMap<>();
      if (readFile((name, presence) -> apply(found, name, presence))) {
        adopt(found);
      }
    }
    return names;
  }

  private boolean readFile(BiConsumer<String, Presence> visitor) {
    try {
      file.read(visitor);
      return true;
    } catch (IOException e) {
      noteDamage(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void noteDamage(String what) {
    damage = what;
    lost = true;
    LOGGER.log(Level.ERROR, "the list of repositories is made anew: " + what);
  }

  private NavigableMap<String, Presence> adopt(NavigableMap<String, Presence> found) {
    for (Map<String, Presence> changes : List.of(beingSaved, pending)) {
      for (Map.Entry<String, Presence> change : changes.entrySet()) {
        apply(found, change.getKey(), change.getValue());
      }
    }
    names = found;
    return found;
  }

  /**
   * Asks the repositories, without the lock, for whoever commits needs it; what changes meanwhile
   * is pending until it is saved, which waits for this.
   */
  private NavigableMap<String, Presence> makeAnew() throws IOException {
    NavigableMap<String, Presence> found = new TreeMap<>();
    lock.lock();
    try {
      if (names != null) {
        return names;
      }
    } finally {
      lock.unlock();
    }
    origin.forEach((name, presence) -> apply(found, name.value(), presence));
    lock.lock();
    try {
      return adopt(found);
    } finally {
      lock.unlock();
    }
  }

  /** Sets aside what is to be saved; called while nobody commits. */
  void startSave() {
    lock.lock();
    try {
      beingSaved.putAll(pending);
      pending = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what was set aside, durably. */
  void save() throws IOException {
    if (!added()) {
      writeAnew();
    }
  }

  /** Adds to the file what was set aside; false when the file is to be written anew. */
  private boolean added() throws IOException {
    lock.lock();
    try {
      if (beingSaved.isEmpty() && !lost) {
        return true;
      }
      if (lost || tooLong() || !(file.known() || readFile((name, presence) -> {}))) {
        return false;
      }
      if (file.mark().equals(CatalogMark.NONE)) {
        file.write(beingSaved);
      } else {
        file.append(beingSaved);
      }
      beingSaved = new LinkedHashMap<>();
      return true;
    } catch (NoSuchFileException e) {
      noteDamage(e.getMessage() + " is missing");
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean tooLong() {
    return names != null && file.entries() > 2L * names.size() + MIN_DEAD;
  }

  private void writeAnew() throws IOException {
    NavigableMap<String, Presence> all = load();
    lock.lock();
    try {
      if (lost) {
        file.setAside();
      }
      file.write(all);
      lost = false;
      beingSaved = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
  }
}
