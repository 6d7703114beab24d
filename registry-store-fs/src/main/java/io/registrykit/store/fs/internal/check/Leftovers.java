package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.names.FileRepositories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The files of manifests that no repository has. For one thread. */
public final class Leftovers {
  private final Disk disk;
  private final Layout layout;

  /** Those of a store. */
  public Leftovers(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** The manifests that a repository has bytes of and does not have. */
  List<Digest> of(RepositoryName name, FileRepositories repositories) throws IOException {
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

  boolean delete(RepositoryName name, Digest digest) throws IOException {
    return disk.ops().delete(layout.manifest(name, digest));
  }
}
