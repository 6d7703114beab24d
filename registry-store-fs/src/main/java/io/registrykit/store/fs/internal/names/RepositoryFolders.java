package io.registrykit.store.fs.internal.names;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders of repositories, whatever the list of repositories says. For one thread. */
public final class RepositoryFolders {
  private final Disk disk;
  private final Layout layout;

  /** Something done with a name. */
  public interface Visitor {
    /** Takes a name. */
    void on(RepositoryName name) throws IOException;
  }

  /** The folders of a store. */
  public RepositoryFolders(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** Visits every repository that has files; some may be leftovers of one that does not exist. */
  public void forEach(Visitor visitor) throws IOException {
    walk(layout.repositories(), "", visitor);
  }

  private void walk(Path folder, String prefix, Visitor visitor) throws IOException {
    List<Path> entries = new ArrayList<>();
    disk.ops().list(folder, entries::add);
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      if (name.equals("_reg") && !prefix.isEmpty()) {
        Optional<RepositoryName> found = name(prefix.substring(0, prefix.length() - 1));
        if (found.isPresent()) {
          visitor.on(found.get());
        }
      } else if (!name.equals("_oci")
          && disk.ops().info(entry).map(FileInfo::directory).orElse(false)) {
        walk(entry, prefix + Layout.level(name) + "/", visitor);
      }
    }
  }

  /** Empty for a folder that somebody else put there, such as "a copy". */
  private static Optional<RepositoryName> name(String folder) {
    try {
      return Optional.of(new RepositoryName(folder));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
