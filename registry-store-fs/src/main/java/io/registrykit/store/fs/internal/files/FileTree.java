package io.registrykit.store.fs.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Deletes directories with what is in them. */
public final class FileTree {
  private FileTree() {}

  /** Deletes a directory or file; nothing happens when there is none. */
  public static void delete(FileOps ops, Path path) throws IOException {
    FileInfo info = ops.info(path).orElse(null);
    if (info == null) {
      return;
    }
    if (info.directory()) {
      List<Path> entries = new ArrayList<>();
      ops.list(path, entries::add);
      for (Path entry : entries) {
        delete(ops, entry);
      }
    }
    ops.delete(path);
  }
}
