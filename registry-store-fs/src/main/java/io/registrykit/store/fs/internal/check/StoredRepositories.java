package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.names.FileRepositories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The folders of repositories, whatever the list of repositories says. For one thread. */
public final class StoredRepositories {
  private final Disk disk;
  private final Layout layout;

  /** The folders of a store. */
  public StoredRepositories(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** Visits every repository that has files. */
  public void forEach(Consumer<? super RepositoryName> visitor) throws IOException {
    walk(layout.repositories(), "", visitor);
  }

  private void walk(Path folder, String prefix, Consumer<? super RepositoryName> visitor)
      throws IOException {
    List<Path> entries = new ArrayList<>();
    disk.ops().list(folder, entries::add);
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      if (name.equals("_reg")) {
        visitor.accept(new RepositoryName(prefix.substring(0, prefix.length() - 1)));
      } else if (!name.equals("_oci")
          && disk.ops().info(entry).map(FileInfo::directory).orElse(false)) {
        walk(entry, prefix + Layout.level(name) + "/", visitor);
      }
    }
  }

  /** The manifests that a repository has bytes of and does not have. */
  List<Digest> manifestsNotNamed(RepositoryName name, FileRepositories repositories)
      throws IOException {
    List<Digest> leftovers = new ArrayList<>();
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      List<Digest> there = new ArrayList<>();
      disk.ops()
          .list(
              layout.registry(name).resolve("manifests").resolve(algorithm.id()),
              file -> there.add(new Digest(algorithm, String.valueOf(file.getFileName()))));
      for (Digest digest : there) {
        if (!repositories.hasManifest(name, digest)) {
          leftovers.add(digest);
        }
      }
    }
    return leftovers;
  }

  boolean deleteManifest(RepositoryName name, Digest digest) throws IOException {
    return disk.ops().delete(layout.manifest(name, digest));
  }
}
