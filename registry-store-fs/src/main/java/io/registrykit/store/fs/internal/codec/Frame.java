package io.registrykit.store.fs.internal.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A run of bytes in a file that tells whether it is whole: a mark, a length, a CRC32C, the bytes.
 */
public final class Frame {
  /** How many bytes precede those of the frame. */
  public static final int HEADER = 12;

  /** The most bytes in a frame; one that claims more is damaged. */
  public static final int MAX_LENGTH = 64 * 1024 * 1024;

  private static final int MARK = 0x524b4631;

  private Frame() {}

  /** Makes a frame of bytes. */
  public static byte[] of(byte[] payload) {
    byte[] frame = new byte[HEADER + payload.length];
    System.arraycopy(payload, 0, frame, HEADER, payload.length);
    seal(frame, frame.length);
    return frame;
  }

  /** Fills in the header of a frame whose bytes are there. */
  public static void seal(byte[] frame, int length) {
    ByteBuffer.wrap(frame)
        .putInt(0, MARK)
        .putInt(4, length - HEADER)
        .putInt(8, checksum(frame, HEADER, length - HEADER));
  }

  /** The length of the payload that a header announces, or -1 when it is no header. */
  public static int payloadLength(ByteBuffer header, int at) {
    int length = header.getInt(at + 4);
    return header.getInt(at) == MARK && length >= 0 && length <= MAX_LENGTH ? length : -1;
  }

  /** Whether the payload behind a header is the one that the header was made for. */
  public static boolean isWhole(ByteBuffer header, int at, byte[] payload) {
    return header.getInt(at + 8) == checksum(payload, 0, payload.length);
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(length & 0xff);
    crc.update((length >>> 8) & 0xff);
    crc.update((length >>> 16) & 0xff);
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
