package io.registrykit.store.fs.internal.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.Unsynced;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bytes of manifests: a file each, and in memory those read lately. Thread-safe. */
final class ManifestFiles {
  private static final int MAX_TRIES = 4;

  private final Disk disk;
  private final Layout layout;
  private final Cache<Digest, RawManifest> recent;

  ManifestFiles(Disk disk, Layout layout, long cacheBytes) {
    this.disk = disk;
    this.layout = layout;
    this.recent =
        Caffeine.newBuilder()
            .maximumWeight(cacheBytes)
            .weigher((Digest digest, RawManifest raw) -> 256 + raw.content().length())
            .executor(Runnable::run)
            .build();
  }

  /** The manifest, if it is in memory; whoever asks knows that the repository has it. */
  RawManifest read(RepositoryName name, Digest digest, MediaType type) throws IOException {
    RawManifest known = recent.getIfPresent(digest);
    if (known == null || !known.mediaType().equals(type)) {
      known = readFile(name, digest, type);
      recent.put(digest, known);
    }
    return known;
  }

  /** The manifest as the disk has it. */
  RawManifest readFile(RepositoryName name, Digest digest, MediaType type) throws IOException {
    Path file = layout.manifest(name, digest);
    Bytes content = Bytes.copyOf(disk.read(file));
    try {
      return new RawManifest(type, digest, content);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: it has another digest", e);
    }
  }

  /** Writes the bytes of a manifest; nobody sees them before a row names them. */
  void write(RepositoryName name, Digest digest, Bytes content, Unsynced unsynced)
      throws IOException {
    Path file = layout.manifest(name, digest);
    try (FileHandle handle = create(file, unsynced)) {
      handle.write(content.asByteBuffer(), 0);
    }
    unsynced.addFile(file);
    unsynced.addDirectory(Disk.parent(file));
  }

  private FileHandle create(Path file, Unsynced unsynced) throws IOException {
    for (int i = 0; ; i++) {
      try {
        return disk.ops().create(file);
      } catch (FileAlreadyExistsException e) {
        disk.ops().delete(file);
      } catch (NoSuchFileException e) {
        if (i == MAX_TRIES) {
          throw e;
        }
        List<Path> gained = new ArrayList<>();
        disk.createDirectories(Disk.parent(file), layout.root(), gained);
        gained.forEach(unsynced::addDirectory);
      }
    }
  }

  /** Whether the bytes of a manifest that is pushed again are there, and are the same. */
  boolean isWhole(RepositoryName name, RawManifest raw) throws IOException {
    try {
      return isWhole(name, raw.digest(), raw.content().length())
          && read(name, raw.digest(), raw.mediaType()).content().equals(raw.content());
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the bytes are on disk as far as their number tells. */
  boolean isWhole(RepositoryName name, Digest digest, long size) throws IOException {
    return disk.ops().info(layout.manifest(name, digest)).map(FileInfo::size).orElse(-1L) == size;
  }

  /** Deletes the bytes of a manifest that no row names. */
  void delete(RepositoryName name, Digest digest, Unsynced unsynced) throws IOException {
    Path file = layout.manifest(name, digest);
    if (disk.ops().delete(file)) {
      unsynced.addDirectory(Disk.parent(file));
    }
  }

  /** Redoes what the log says. */
  void restore(RepositoryName name, Digest digest, Bytes content, Unsynced unsynced)
      throws IOException {
    Path file = layout.manifest(name, digest);
    if (disk.holds(file, content.asByteBuffer())) {
      unsynced.addFile(file);
      unsynced.addDirectory(Disk.parent(file));
    } else {
      write(name, digest, content, unsynced);
    }
  }
}
