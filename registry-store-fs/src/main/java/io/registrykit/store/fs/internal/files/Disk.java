package io.registrykit.store.fs.internal.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the store does with several calls of a file system. Thread-safe. */
public final class Disk {
  private final FileOps ops;
  private final boolean durable;

  /**
   * A disk.
   *
   * @param ops the file system
   * @param durable whether syncs are carried out
   */
  public Disk(FileOps ops, boolean durable) {
    this.ops = ops;
    this.durable = durable;
  }

  /** The file system. */
  public FileOps ops() {
    return ops;
  }

  /** Whether syncs are carried out. */
  public boolean durable() {
    return durable;
  }

  /** Waits until the content of a file is on disk. */
  public void force(FileHandle file) throws IOException {
    if (durable) {
      file.force(false);
    }
  }

  /** Waits until the content and the times of a file that may be gone are on disk. */
  public void force(Path file) throws IOException {
    if (!durable) {
      return;
    }
    try (FileHandle handle = ops.openForRead(file)) {
      handle.force(true);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /** Waits until the entries of a directory that may be gone are on disk. */
  public void sync(Path directory) throws IOException {
    if (!durable) {
      return;
    }
    try {
      ops.syncDirectory(directory);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /** Protects a file from other programs, which is a help and no more. */
  public void setReadOnly(Path file) {
    try {
      ops.setReadOnly(file);
    } catch (IOException e) {
      // The file is as good without.
      return;
    }
  }

  /**
   * Makes a directory and what it lies in.
   *
   * @param directory the directory, at or below the base
   * @param base a directory that exists
   * @param gained takes every directory that gained an entry
   */
  public void createDirectories(Path directory, Path base, Collection<? super Path> gained)
      throws IOException {
    if (directory.equals(base)) {
      return;
    }
    try {
      if (ops.createDirectory(directory)) {
        gained.add(parent(directory));
      }
    } catch (NoSuchFileException e) {
      createDirectories(parent(directory), base, gained);
      if (ops.createDirectory(directory)) {
        gained.add(parent(directory));
      }
    }
  }

  /** Makes a directory and what it lies in, durably. */
  public void createDirectoriesNow(Path directory, Path base) throws IOException {
    List<Path> gained = new ArrayList<>();
    createDirectories(directory, base, gained);
    for (Path each : gained) {
      sync(each);
    }
  }

  /** Puts bytes in the place of a file, durably and in one step. */
  public void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    ops.delete(temporary);
    try (FileHandle handle = ops.create(temporary)) {
      handle.write(ByteBuffer.wrap(content), 0);
      force(handle);
    }
    ops.move(temporary, file);
    sync(parent(file));
  }

  /** Reads a whole file. */
  public byte[] read(Path file) throws IOException {
    try (FileHandle handle = ops.openForRead(file)) {
      long size = handle.size();
      if (size > Integer.MAX_VALUE - 8) {
        throw new IOException(file + " is too large to be read at once");
      }
      byte[] content = new byte[(int) size];
      readFully(handle, ByteBuffer.wrap(content), 0, file);
      return content;
    }
  }

  /** Whether a file is there and has exactly these bytes. */
  public boolean holds(Path file, ByteBuffer content) throws IOException {
    try (FileHandle handle = ops.openForRead(file)) {
      if (handle.size() != content.remaining()) {
        return false;
      }
      byte[] there = new byte[content.remaining()];
      readFully(handle, ByteBuffer.wrap(there), 0, file);
      return content.equals(ByteBuffer.wrap(there));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Fills a buffer. */
  public static void readFully(FileHandle handle, ByteBuffer target, long position, Path file)
      throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int count = handle.read(target, next);
      if (count < 0) {
        throw new EOFException(file + " ends early");
      }
      next += count;
    }
  }

  /** The directory that a path of the store lies in. */
  public static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no parent");
    }
    return parent;
  }
}
