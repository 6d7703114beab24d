package io.registrykit.store.fs.internal.codec;

import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a file that grew by one frame at a time. The file may end in the middle of
 * one, where the last write stopped; damage with a whole frame behind it is no such end. Not safe
 * for use by several threads at once.
 */
public final class FrameReader {
  private static final int SEARCH = 64 * 1024;

  private final FileHandle file;
  private final Path path;
  private final long size;
  private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
  private long position;

  /**
   * A reader at the first frame.
   *
   * @param file the file
   * @param path its name, for errors
   */
  public FrameReader(FileHandle file, Path path) throws IOException {
    this.file = file;
    this.path = path;
    this.size = file.size();
  }

  /** Where the next frame starts: the end of the last whole one. */
  public long position() {
    return position;
  }

  /**
   * Reads the next frame.
   *
   * @return its payload, or null at the end of the file or where the last write stopped
   * @throws IOException if the disk fails or the file is damaged before its end
   */
  public byte @Nullable [] next() throws IOException {
    byte[] payload = payloadAt(position);
    if (payload == null) {
      if (position < size) {
        refuseIfMoreFollows();
      }
      return null;
    }
    position += Frame.HEADER + payload.length;
    return payload;
  }

  private byte @Nullable [] payloadAt(long at) throws IOException {
    if (size - at < Frame.HEADER) {
      return null;
    }
    Disk.readFully(file, header.clear(), at, path);
    int length = Frame.payloadLength(header, 0);
    if (length < 0 || length > size - at - Frame.HEADER) {
      return null;
    }
    byte[] payload = new byte[length];
    Disk.readFully(file, ByteBuffer.wrap(payload), at + Frame.HEADER, path);
    return Frame.isWhole(header, 0, payload) ? payload : null;
  }

  private void refuseIfMoreFollows() throws IOException {
    ByteBuffer window = ByteBuffer.allocate(SEARCH);
    for (long start = position + 1; start < size; start += SEARCH - Frame.HEADER + 1) {
      int count = (int) Math.min(SEARCH, size - start);
      Disk.readFully(file, window.clear().limit(count), start, path);
      for (int i = 0; i + Frame.HEADER <= count; i++) {
        if (Frame.payloadLength(window, i) >= 0 && payloadAt(start + i) != null) {
          throw new IOException(
              path + " is damaged at byte " + position + ": whole records follow the damage");
        }
      }
    }
  }
}
