package io.registrykit.store.fs.internal.log;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files and directories that the log could make anew, and that must be on disk before it forgets
 * how. Thread-safe.
 */
public final class Unsynced {
  private final Set<Path> files = ConcurrentHashMap.newKeySet();
  private final Set<Path> directories = ConcurrentHashMap.newKeySet();

  /** A file got content. */
  public void addFile(Path file) {
    files.add(file);
  }

  /** A directory gained or lost an entry. */
  public void addDirectory(Path directory) {
    directories.add(directory);
  }

  /** Takes over what another has. */
  public void addAll(Unsynced other) {
    files.addAll(other.files);
    directories.addAll(other.directories);
  }

  /** The files. */
  public Collection<Path> files() {
    return files;
  }

  /** The directories. */
  public Collection<Path> directories() {
    return directories;
  }
}
