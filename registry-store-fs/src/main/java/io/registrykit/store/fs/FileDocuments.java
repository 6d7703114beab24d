package io.registrykit.store.fs;

import io.registrykit.model.Bytes;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Documents in a folder, one file for each, which only the owner of the process may read. Safe for
 * use by any number of threads, and by several processes of one machine with one instance each; a
 * write is on disk when it returns.
 */
public final class FileDocuments implements DocumentStore {
  private static final String SUFFIX = ".document";
  private static final String LOCK = "documents.lock";

  private final Path folder;
  private final FileAttribute<?>[] ownerOnly;
  private final ReentrantLock writing = new ReentrantLock();

  private FileDocuments(Path folder, FileAttribute<?>[] ownerOnly) {
    this.folder = folder;
    this.ownerOnly = ownerOnly;
  }

  /**
   * Opens a folder, and makes it when it is not there.
   *
   * @param folder a folder of its own
   * @return the documents in it; there is nothing to close
   * @throws IOException if the folder cannot be used
   */
  public static FileDocuments open(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(folder, posix ? permissions("rwx------") : none());
      syncFolder(parent);
    }
    return new FileDocuments(folder, posix ? permissions("rw-------") : none());
  }

  private static FileAttribute<?>[] permissions(String text) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
    };
  }

  private static FileAttribute<?>[] none() {
    return new FileAttribute<?>[0];
  }

  @Override
  public Optional<Document> read(String name) throws IOException {
    DocumentStore.check(name, null);
    return readFile(folder.resolve(name + SUFFIX));
  }

  /** The version is the digest of the content, which is the same in every process. */
  private static Optional<Document> readFile(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is longer than " + MAX_BYTES + " bytes");
      }
      Bytes content = Bytes.copyOf(Files.readAllBytes(file));
      return Optional.of(new Document(content, content.digest(DigestAlgorithm.SHA256).hex()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean write(String name, Bytes content, @Nullable String expectedVersion)
      throws IOException {
    DocumentStore.check(name, content);
    writing.lock();
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Path file = folder.resolve(name + SUFFIX);
      String version = readFile(file).map(Document::version).orElse(null);
      boolean expected =
          expectedVersion == null ? version == null : expectedVersion.equals(version);
      if (expected && lock.isValid()) {
        replace(file, content);
      }
      return expected;
    } catch (OverlappingFileLockException e) {
      throw new IOException(folder + " is opened twice in this process", e);
    } finally {
      writing.unlock();
    }
  }

  private void replace(Path file, Bytes content) throws IOException {
    Path next = Files.createTempFile(folder, "next", ".tmp", ownerOnly);
    try {
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = content.asByteBuffer();
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      move(next, file);
      syncFolder(folder);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Where folders cannot be opened, as on Windows, the file system syncs them by itself. */
  private static void syncFolder(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return;
    }
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }
}
