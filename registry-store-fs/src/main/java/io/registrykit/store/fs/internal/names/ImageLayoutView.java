package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileErrors;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows a repository as an OCI image layout, for tools that read folders: hard links to blobs and
 * manifests, and an index of its tags. Derived, never read back, and not synced: after the power
 * went it may lag until the repository changes, or until a check repairs it.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI
 *     image-spec, image layout</a>
 */
final class ImageLayoutView {
  private static final byte[] MARKER =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  private final Logger logger = System.getLogger(ImageLayoutView.class.getName());
  private final Disk disk;
  private final Layout layout;

  /** Held by whoever renews a file: several repositories may want the same one at once. */
  private final ReentrantLock renewing = new ReentrantLock();

  private volatile boolean linksWork = true;

  ImageLayoutView(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /**
   * Notes what the view has to follow; the caller holds the cell's locks, and the repository
   * exists.
   *
   * @return null when it has nothing to follow
   */
  @Nullable ViewUpdate prepare(Cell cell, RepositoryState state) {
    CellChanges changes = cell.carrying;
    if (!linksWork || (changes.content.isEmpty() && !changes.index)) {
      return null;
    }
    try {
      boolean isNew = disk.ops().info(marker(cell.name)).isEmpty();
      return ViewUpdate.of(cell.name, state, changes, isNew);
    } catch (IOException e) {
      giveUp(e);
      return null;
    }
  }

  private Path marker(RepositoryName name) {
    return layout.view(name).resolve("oci-layout");
  }

  /** Makes the view follow. The repository may change or go meanwhile: the next update follows. */
  void update(ViewUpdate update) throws IOException {
    Path view = layout.view(update.name());
    ImageLayoutIndex index = update.index();
    try {
      if (update.isNew()) {
        disk.createDirectories(view, layout.root(), new ArrayList<>());
      }
      follow(update, view.resolve("blobs"));
      if (index != null) {
        write(view.resolve("index.json"), index::writeTo);
      }
      if (update.isNew()) {
        // The last, so that what stops before is done again.
        write(marker(update.name()), file -> file.write(ByteBuffer.wrap(MARKER), 0));
      }
    } catch (UnsupportedOperationException e) {
      giveUp(e);
    } catch (IOException e) {
      if (FileErrors.isFull(e)) {
        throw e;
      }
      giveUp(e);
    }
  }

  /** The view is a service for other tools; the registry does not depend on it. */
  private void giveUp(Exception cause) {
    linksWork = false;
    logger.log(
        Level.WARNING,
        "repositories are no longer shown as image layouts, for their file system refuses it: "
            + cause.getMessage());
  }

  private void follow(ViewUpdate update, Path blobs) throws IOException {
    for (Digest digest : update.manifests()) {
      link(name(blobs, digest), layout.manifest(update.name(), digest));
    }
    for (Digest digest : update.blobs()) {
      link(name(blobs, digest), layout.blob(digest));
    }
    for (Digest digest : update.gone()) {
      disk.ops().delete(name(blobs, digest));
    }
  }

  private static Path name(Path blobs, Digest digest) {
    return blobs.resolve(digest.algorithm().id()).resolve(digest.hex());
  }

  private void link(Path name, Path existing) throws IOException {
    boolean hasFolder = false;
    while (true) {
      try {
        disk.ops().link(name, existing);
        return;
      } catch (FileAlreadyExistsException e) {
        // Made before a crash, or under the other of the two roles of one content.
        return;
      } catch (NoSuchFileException e) {
        if (disk.ops().info(existing).isEmpty()) {
          // Lost from the pool; a check reports it.
          return;
        }
        if (hasFolder) {
          throw e;
        }
        disk.createDirectories(Disk.parent(name), layout.root(), new ArrayList<>());
        hasFolder = true;
      } catch (IOException e) {
        if (!FileErrors.isTooManyLinks(e)) {
          throw e;
        }
        linkRenewed(name, existing);
        return;
      }
    }
  }

  /** Links a file that has all the links that it can have, unless somebody renewed it meanwhile. */
  private void linkRenewed(Path name, Path existing) throws IOException {
    renewing.lock();
    try {
      disk.ops().link(name, existing);
    } catch (IOException e) {
      if (!FileErrors.isTooManyLinks(e)) {
        throw e;
      }
      renew(existing);
      disk.ops().link(name, existing);
    } finally {
      renewing.unlock();
    }
  }

  /** Puts a copy in the place of a file; those that have links to the old one keep theirs. */
  private void renew(Path file) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".tmp");
    disk.ops().delete(copy);
    try (FileHandle from = disk.ops().openForRead(file);
        FileHandle to = disk.ops().create(copy)) {
      ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
      long size = from.size();
      for (long at = 0; at < size; ) {
        int count = from.read(buffer.clear(), at);
        if (count < 0) {
          throw new IOException(file + " ends early");
        }
        to.write(buffer.flip(), at);
        at += count;
      }
      disk.force(to);
    }
    disk.setReadOnly(copy);
    disk.ops().move(copy, file);
    disk.sync(Disk.parent(file));
  }

  private void write(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    disk.ops().delete(temporary);
    try (FileHandle handle = disk.ops().create(temporary)) {
      content.writeTo(handle);
    }
    disk.ops().move(temporary, file);
  }

  /** What is written to a file. */
  private interface Content {
    void writeTo(FileHandle file) throws IOException;
  }
}
