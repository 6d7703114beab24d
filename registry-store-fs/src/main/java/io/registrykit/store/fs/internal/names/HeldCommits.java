package io.registrykit.store.fs.internal.names;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.LogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the log said of repositories whose files cannot be read, kept beside these files, so that
 * the log can start anew for all others. Such a file counts as long as the checkpoint names its
 * repository. For one checkpoint at a time.
 */
final class HeldCommits {
  private final Disk disk;
  private final Layout layout;

  /** The repositories that were written in the life of this store; nobody commits to them. */
  private final Set<RepositoryName> written = new TreeSet<>();

  HeldCommits(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** Reads what is held of a repository; nothing when somebody took its files away. */
  List<LogEntry.Commit> read(RepositoryName name, In.Interned interned) throws IOException {
    List<LogEntry.Commit> commits = new ArrayList<>();
    Path path = layout.held(name);
    try (FileHandle file = disk.ops().openForRead(path)) {
      FrameReader frames = new FrameReader(file, path);
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        if (LogEntry.decode(frame, interned) instanceof LogEntry.Commit commit) {
          commits.add(commit);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return commits;
  }

  /**
   * Keeps commits of a repository, durably, unless they are kept already.
   *
   * @return whether they were not
   */
  boolean hold(RepositoryName name, List<LogEntry.Commit> commits) throws IOException {
    if (commits.isEmpty() || written.contains(name)) {
      return false;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (LogEntry.Commit commit : commits) {
      bytes.writeBytes(Frame.of(LogEntry.encode(commit)));
    }
    Path file = layout.held(name);
    disk.createDirectoriesNow(Disk.parent(file), layout.root());
    disk.replace(file, bytes.toByteArray());
    // Only the log has known of the folders of a new repository so far.
    for (Path at = Disk.parent(file); !at.equals(layout.root()); at = Disk.parent(at)) {
      disk.sync(Disk.parent(at));
    }
    return written.add(name);
  }

  /** Deletes what no checkpoint needs any more. */
  void drop(Collection<RepositoryName> names) throws IOException {
    for (RepositoryName name : names) {
      disk.ops().delete(layout.held(name));
      written.remove(name);
    }
  }
}
