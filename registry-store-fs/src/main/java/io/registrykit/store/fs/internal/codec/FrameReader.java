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
  private static final int AHEAD = 128 * 1024;
  private static final int SEARCH = 64 * 1024;

  private final FileHandle file;
  private final Path path;
  private final long size;
  private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
  private final byte[] ahead;
  private long aheadStart;
  private int aheadLength;
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
    this.ahead = new byte[(int) Math.min(AHEAD, size)];
  }

  /** Where the next frame starts: the end of the last whole one. */
  public long position() {
    return position;
  }

  /** Whether bytes follow that are no whole frame; to be asked at the end. */
  public boolean stoppedEarly() {
    return position < size;
  }

  /**
   * Reads the next frame.
   *
   * @return its payload, or null at the end of the file or where the last write stopped
   * @throws DamagedException if the file is damaged before its end
   * @throws IOException if the disk fails
   */
  public byte @Nullable [] next() throws IOException {
    byte[] payload = payloadAt(position);
    if (payload == null) {
      if (position < size && nextWhole() >= 0) {
        throw new DamagedException(
            path + " is damaged at byte " + position + ": whole records follow the damage");
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
    read(header.array(), at);
    int length = Frame.payloadLength(header, 0);
    if (length < 0 || length > size - at - Frame.HEADER) {
      return null;
    }
    byte[] payload = new byte[length];
    read(payload, at + Frame.HEADER);
    return Frame.isWhole(header, 0, payload) ? payload : null;
  }

  /** Small frames are many: reads ahead, as one call for each would cost more than its bytes. */
  private void read(byte[] target, long at) throws IOException {
    if (target.length > AHEAD / 2) {
      Disk.readFully(file, ByteBuffer.wrap(target), at, path);
      return;
    }
    if (at < aheadStart || at + target.length > aheadStart + aheadLength) {
      aheadStart = at;
      aheadLength = (int) Math.min(ahead.length, size - at);
      Disk.readFully(file, ByteBuffer.wrap(ahead, 0, aheadLength), at, path);
    }
    System.arraycopy(ahead, (int) (at - aheadStart), target, 0, target.length);
  }

  /** Goes on behind a damage that {@link #next} refused. */
  public void skipDamage() throws IOException {
    position = Math.max(position, nextWhole());
  }

  /** Where the next whole frame starts behind what is none; -1 when none follows. */
  private long nextWhole() throws IOException {
    ByteBuffer window = ByteBuffer.allocate(SEARCH);
    for (long start = position + 1; start < size; start += SEARCH - Frame.HEADER + 1) {
      int count = (int) Math.min(SEARCH, size - start);
      Disk.readFully(file, window.clear().limit(count), start, path);
      for (int i = 0; i + Frame.HEADER <= count; i++) {
        if (window.getLong(i) == 0) {
          // Room that nobody wrote to is long, and no header starts with a zero.
          i += Long.BYTES - 1;
        } else if (Frame.payloadLength(window, i) >= 0 && payloadAt(start + i) != null) {
          return start + i;
        }
      }
    }
    return -1;
  }
}
