package io.registrykit.store.fs.internal.codec;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes values as bytes. Not safe for use by several threads at once. */
public final class Out {
  private byte[] bytes;
  private int size;

  /** A writer with nothing written. */
  public Out() {
    this(256);
  }

  /**
   * A writer with nothing written.
   *
   * @param capacity how many bytes are expected
   */
  public Out(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  /** How many bytes are written. */
  public int size() {
    return size;
  }

  /** A copy of what is written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Forgets what is written. */
  public void reset() {
    size = 0;
  }

  /** Writes one byte. */
  public Out u8(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Writes a number, small ones in few bytes. */
  public Out number(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Writes bytes as they are. */
  public Out raw(byte[] value, int offset, int length) {
    ensure(length);
    System.arraycopy(value, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** Writes the length of bytes and the bytes. */
  public Out bytes(byte[] value) {
    number(value.length);
    return raw(value, 0, value.length);
  }

  /** Writes a text as UTF-8 behind its length. */
  public Out text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes an instant. */
  public Out instant(Instant value) {
    // Zigzag: years before 1970 are as short as those after.
    long seconds = value.getEpochSecond();
    number((seconds << 1) ^ (seconds >> 63));
    return number(value.getNano());
  }

  /** Writes a digest. */
  public Out digest(Digest value) {
    u8(value.algorithm() == DigestAlgorithm.SHA256 ? 0 : 1);
    byte[] hash = HexFormat.of().parseHex(value.hex());
    return raw(hash, 0, hash.length);
  }
}
