package io.registrykit.store.fs.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Safe for use by several threads; positions are given, never kept. */
public interface FileHandle extends AutoCloseable {

  /**
   * Reads some bytes.
   *
   * @param target where to
   * @param position the first byte in the file
   * @return how many, or -1 at the end of the file
   * @throws IOException if the disk fails
   */
  int read(ByteBuffer target, long position) throws IOException;

  /**
   * Writes all bytes of a buffer.
   *
   * @param source the bytes
   * @param position where the first goes in the file
   * @throws IOException if the disk fails; some of the bytes may be written
   */
  void write(ByteBuffer source, long position) throws IOException;

  /**
   * Waits until everything written is on disk.
   *
   * @param metadata whether times and the like are wanted too; the size always is
   * @throws IOException if the disk fails
   */
  void force(boolean metadata) throws IOException;

  /**
   * Cuts the file off.
   *
   * @param size the new length
   * @throws IOException if the disk fails
   */
  void truncate(long size) throws IOException;

  /**
   * The length of the file.
   *
   * @return bytes
   * @throws IOException if the disk fails
   */
  long size() throws IOException;

  @Override
  void close() throws IOException;
}
