package io.registrykit.store.fs.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every call that the store makes to a file system, so that a test can fail or stop at any of them.
 * Safe for use by any number of threads.
 */
public interface FileOps {

  /** Opens a file for reading and writing; makes it, and fails if it is there already. */
  FileHandle create(Path file) throws IOException;

  /** Opens a file that exists for reading and writing. */
  FileHandle openForWrite(Path file) throws IOException;

  /** Opens a file that exists for reading. */
  FileHandle openForRead(Path file) throws IOException;

  /** Renames a file in one step, over another if there is one. */
  void move(Path from, Path to) throws IOException;

  /** Makes a second name for a file; fails if that name is taken. */
  void link(Path name, Path existing) throws IOException;

  /** Deletes a file or an empty directory; returns false when there is none. */
  boolean delete(Path path) throws IOException;

  /** Makes a directory whose parent exists; returns false when it is there already. */
  boolean createDirectory(Path directory) throws IOException;

  /** Waits until the entries of a directory are on disk, where the platform can. */
  void syncDirectory(Path directory) throws IOException;

  /** Looks at an entry; empty when there is none. */
  Optional<FileInfo> info(Path path) throws IOException;

  /** Sets when a file was last modified. */
  void setModifiedAt(Path file, Instant time) throws IOException;

  /** Takes away the right to write to a file, where the platform can. */
  void setReadOnly(Path file) throws IOException;

  /** Visits the entries of a directory, in no order; none when there is no such directory. */
  void list(Path directory, Consumer<? super Path> visitor) throws IOException;
}
