package io.registrykit.store.fs.internal.uploads;

import io.registrykit.model.Hasher;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileErrors;
import io.registrykit.store.fs.internal.files.FileHandle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an upload: in memory while they are few and somebody holds the upload, else in a
 * file. Not safe for use by several threads at once.
 */
final class UploadData {
  private static final int READ_SIZE = 64 * 1024;

  private final Disk disk;
  private final Path path;
  private final int maxInMemory;
  private final WriteOut writeOut;
  private byte[] memory = new byte[0];
  private int inMemory;
  private boolean onDisk;
  private @Nullable FileHandle file;

  /** A sync of the open file that was begun. */
  private @Nullable Future<?> begun;

  /** What the file had then. */
  private long begunAt;

  /**
   * Bytes.
   *
   * @param path the file
   * @param onDisk whether the file is there
   * @param maxInMemory how many bytes are few
   * @param writeOut lets the disk begin early
   */
  UploadData(Disk disk, Path path, boolean onDisk, int maxInMemory, WriteOut writeOut) {
    this.disk = disk;
    this.path = path;
    this.onDisk = onDisk;
    this.maxInMemory = maxInMemory;
    this.writeOut = writeOut;
  }

  Path path() {
    return path;
  }

  /** Writes bytes behind the others; when it fails, none of them stays. */
  void write(byte[] bytes, int length, long size) throws IOException {
    if (!onDisk && size + length <= maxInMemory) {
      if (inMemory + length > memory.length) {
        memory = Arrays.copyOf(memory, Math.max(inMemory + length, 2 * memory.length));
      }
      System.arraycopy(bytes, 0, memory, inMemory, length);
      inMemory += length;
      return;
    }
    FileHandle handle = onDisk();
    try {
      handle.write(ByteBuffer.wrap(bytes, 0, length), size);
    } catch (IOException e) {
      cutOff(handle, size, e);
      throw FileErrors.translate(e);
    }
    beginWriteOut(handle, size + length);
  }

  private void beginWriteOut(FileHandle handle, long size) {
    boolean busy = begun != null && !begun.isDone();
    if (busy || !writeOut.isWorth(size - begunAt)) {
      return;
    }
    Future<?> next = writeOut.begin(disk, handle);
    if (next != null) {
      begun = next;
      begunAt = size;
    }
  }

  /** Waits for the disk, which may be at work on the open file. */
  private void finishWriteOut() throws IOException {
    Future<?> running = begun;
    if (running != null) {
      writeOut.finish(running);
      begun = null;
    }
  }

  private static void cutOff(FileHandle handle, long size, IOException cause) {
    try {
      handle.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Brings the bytes to a file, open. */
  private FileHandle onDisk() throws IOException {
    FileHandle handle = file;
    if (handle == null) {
      handle = onDisk ? disk.ops().openForWrite(path) : create();
      file = handle;
    }
    return handle;
  }

  private FileHandle create() throws IOException {
    FileHandle handle;
    try {
      handle = disk.ops().create(path);
    } catch (FileAlreadyExistsException e) {
      disk.ops().delete(path);
      handle = disk.ops().create(path);
    } catch (IOException e) {
      throw FileErrors.translate(e);
    }
    try {
      handle.write(ByteBuffer.wrap(memory, 0, inMemory), 0);
    } catch (IOException e) {
      handle.close();
      disk.ops().delete(path);
      throw FileErrors.translate(e);
    }
    onDisk = true;
    memory = new byte[0];
    inMemory = 0;
    return handle;
  }

  void truncate(long size) throws IOException {
    begunAt = Math.min(begunAt, size);
    if (onDisk) {
      onDisk().truncate(size);
    } else {
      inMemory = (int) size;
    }
  }

  /** Brings the bytes to a file if there are any, and closes it. */
  void park() throws IOException {
    if (!onDisk && inMemory > 0) {
      onDisk();
    }
    close();
  }

  void close() throws IOException {
    FileHandle handle = file;
    file = null;
    if (handle != null) {
      try (handle) {
        finishWriteOut();
      }
    }
  }

  /** The bytes when they are few, else null. */
  byte @Nullable [] few(long size) throws IOException {
    if (size > maxInMemory) {
      return null;
    }
    if (!onDisk) {
      return Arrays.copyOf(memory, inMemory);
    }
    byte[] bytes = new byte[(int) size];
    Disk.readFully(onDisk(), ByteBuffer.wrap(bytes), 0, path);
    return bytes;
  }

  /** Brings the bytes to a file and closes it. */
  void finish(boolean force) throws IOException {
    FileHandle handle = onDisk();
    if (force) {
      finishWriteOut();
      disk.force(handle);
    }
    close();
  }

  /** Hashes the bytes. */
  void readInto(Hasher hasher, long size) throws IOException {
    if (!onDisk) {
      hasher.update(memory, 0, inMemory);
      return;
    }
    byte[] buffer = new byte[READ_SIZE];
    FileHandle handle = onDisk();
    for (long at = 0; at < size; ) {
      int most = (int) Math.min(buffer.length, size - at);
      int count = handle.read(ByteBuffer.wrap(buffer, 0, most), at);
      if (count < 0) {
        throw new EOFException(path + " ends early");
      }
      hasher.update(buffer, 0, count);
      at += count;
    }
  }

  /** Forgets the bytes. */
  void delete() throws IOException {
    close();
    memory = new byte[0];
    inMemory = 0;
    try {
      disk.ops().delete(path);
    } catch (NoSuchFileException e) {
      return;
    }
  }
}
