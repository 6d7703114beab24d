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
import java.util.Optional;

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
      List<String> files = new ArrayList<>();
      disk.ops()
          .list(
              layout.registry(name).resolve("manifests").resolve(algorithm.id()),
              file -> files.add(String.valueOf(file.getFileName())));
      for (String file : files) {
        Optional<Digest> digest = digest(algorithm, file);
        if (digest.isPresent() && !repositories.hasManifest(name, digest.get())) {
          leftovers.add(digest.get());
        }
      }
    }
    return leftovers;
  }

  /** Empty for a file of somebody else. */
  private static Optional<Digest> digest(DigestAlgorithm algorithm, String file) {
    try {
      return Optional.of(new Digest(algorithm, file));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean delete(RepositoryName name, Digest digest) throws IOException {
    return disk.ops().delete(layout.manifest(name, digest));
  }
}
