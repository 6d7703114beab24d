package io.registrykit.client.layout;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The files of an OCI image layout in a folder. In a batch the index is written again only when it
 * has grown by a quarter, because a thousand tags would else mean a thousand long documents; what a
 * crash then leaves is an older index, whole, over blobs that are all there.
 */
final class FolderFiles implements LayoutFiles {
  private static final int LEAST_WAITING = 100;

  private final Path folder;
  private final AtomicInteger batches = new AtomicInteger();
  private volatile @Nullable Seen seen;
  private volatile @Nullable LayoutIndex waiting;
  private int changes;

  FolderFiles(Path folder) {
    this.folder = folder;
  }

  /** An index that was read, and what its file looked like then. */
  private record Seen(FileTime modified, long size, @Nullable Object key, LayoutIndex index) {
    boolean isOf(BasicFileAttributes file) {
      return modified.equals(file.lastModifiedTime())
          && size == file.size()
          && (key == null || key.equals(file.fileKey()));
    }
  }

  private void create() throws IOException {
    Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
    Path marker = folder.resolve(LayoutIndex.MARKER);
    if (!Files.exists(marker)) {
      Files.writeString(marker, LayoutIndex.MARKER_CONTENT);
    }
  }

  @Override
  public Optional<LayoutIndex> readIndex() throws IOException {
    LayoutIndex unwritten = waiting;
    if (unwritten != null) {
      return Optional.of(unwritten);
    }
    Path file = folder.resolve(LayoutIndex.FILE);
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Seen before = seen;
    if (before != null && before.isOf(now)) {
      return Optional.of(before.index());
    }
    LayoutIndex index = LayoutIndex.read(new FileContent(file, 0, LayoutIndex.ANY, now.size()));
    seen = new Seen(now.lastModifiedTime(), now.size(), now.fileKey(), index);
    return Optional.of(index);
  }

  @Override
  public void beginBatch() {
    batches.incrementAndGet();
  }

  @Override
  public void endBatch() throws IOException {
    LayoutIndex unwritten = waiting;
    if (batches.decrementAndGet() == 0 && unwritten != null) {
      write(unwritten);
    }
  }

  @Override
  public void writeIndex(LayoutIndex index) throws IOException {
    changes++;
    if (batches.get() > 0 && changes < Math.max(LEAST_WAITING, index.entries().size() / 4)) {
      waiting = index;
    } else {
      write(index);
    }
  }

  private void write(LayoutIndex index) throws IOException {
    create();
    Path fresh = fresh(folder);
    try {
      Files.write(fresh, index.write().toArray(), StandardOpenOption.CREATE_NEW);
      BasicFileAttributes now = Files.readAttributes(fresh, BasicFileAttributes.class);
      replace(fresh, folder.resolve(LayoutIndex.FILE));
      seen = new Seen(now.lastModifiedTime(), now.size(), now.fileKey(), index);
      waiting = null;
      changes = 0;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Not one of the JDK's temporary files, which others may not read. */
  private static Path fresh(Path folder) {
    return folder.resolve(UUID.randomUUID() + ".new");
  }

  /** The path is that of a digest, which has no dots and slashes; a link there leads elsewhere. */
  private Path path(Digest digest) {
    return folder.resolve(LayoutIndex.path(digest));
  }

  @Override
  public OptionalLong size(Digest digest) throws IOException {
    Path file = path(digest);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? OptionalLong.of(Files.size(file))
        : OptionalLong.empty();
  }

  @Override
  public Optional<BlobContent> open(Digest digest) throws IOException {
    OptionalLong size = size(digest);
    return size.isPresent()
        ? Optional.of(new FileContent(path(digest), 0, digest, size.getAsLong()))
        : Optional.empty();
  }

  /** Writes a blob beside its place and moves it there when it is whole. */
  @Override
  public long write(Digest expected, BlobSource content) throws IOException {
    create();
    Path place = path(expected);
    Files.createDirectories(place.getParent());
    Path fresh = fresh(folder.resolve("blobs"));
    try {
      try (OutputStream out = Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW)) {
        content.read(in -> Whole.copy(in, out, expected));
      }
      replace(fresh, place);
      return Files.size(place);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    LayoutIndex unwritten = waiting;
    if (unwritten != null) {
      write(unwritten);
    }
    return Files.deleteIfExists(path(digest));
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
