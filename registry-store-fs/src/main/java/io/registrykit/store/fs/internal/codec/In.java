package io.registrykit.store.fs.internal.codec;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads what {@link Out} wrote; anything else is an {@link IOException}. Equal digests and types
 * are read as one object. Not safe for use by several threads at once.
 */
public final class In {
  private final byte[] bytes;
  private final Interned interned;
  private int position;

  /** What was read before, to be shared. Not safe for use by several threads at once. */
  public static final class Interned {
    /**
     * By their bytes as text, for most are read again, and it takes long to write one as digits.
     */
    private final Map<String, Digest> digests = new HashMap<>();

    private final Map<String, MediaType> types = new HashMap<>();
    private final Map<Instant, Instant> instants = new HashMap<>();
  }

  /**
   * A reader.
   *
   * @param bytes what to read
   */
  public In(byte[] bytes) {
    this(bytes, new Interned());
  }

  /**
   * A reader that shares values with others.
   *
   * @param bytes what to read
   * @param interned what they read
   */
  public In(byte[] bytes, Interned interned) {
    this.bytes = bytes;
    this.interned = interned;
  }

  /** Whether all is read. */
  public boolean atEnd() {
    return position == bytes.length;
  }

  private int take(long length) throws IOException {
    if (length < 0 || length > bytes.length - position) {
      throw new IOException("record ends early");
    }
    int start = position;
    position += (int) length;
    return start;
  }

  /** Reads one byte. */
  public int u8() throws IOException {
    return bytes[take(1)] & 0xff;
  }

  /** Reads a number. */
  public long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("number has too many bytes");
  }

  /** Reads a count of things that take a byte or more each. */
  public int count() throws IOException {
    long count = number();
    if (count < 0 || count > bytes.length - position) {
      throw new IOException("record ends early");
    }
    return (int) count;
  }

  /** Reads bytes behind their length. */
  public byte[] bytes() throws IOException {
    int length = count();
    int start = take(length);
    byte[] value = new byte[length];
    System.arraycopy(bytes, start, value, 0, length);
    return value;
  }

  /** Reads a text. */
  public String text() throws IOException {
    int length = count();
    return new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }

  /** Reads an instant. */
  public Instant instant() throws IOException {
    long zigzag = number();
    long nanos = number();
    try {
      Instant value = Instant.ofEpochSecond((zigzag >>> 1) ^ -(zigzag & 1), nanos);
      return interned.instants.computeIfAbsent(value, same -> same);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("instant is out of range", e);
    }
  }

  /** Reads a digest. */
  public Digest digest() throws IOException {
    int kind = u8();
    if (kind > 1) {
      throw new IOException("digest algorithm " + kind + " is unknown");
    }
    DigestAlgorithm algorithm = kind == 0 ? DigestAlgorithm.SHA256 : DigestAlgorithm.SHA512;
    int length = algorithm.hexLength() / 2;
    int start = take(length);
    String raw = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    Digest before = interned.digests.get(raw);
    if (before != null) {
      return before;
    }
    Digest value = new Digest(algorithm, HexFormat.of().formatHex(bytes, start, start + length));
    interned.digests.put(raw, value);
    return value;
  }

  /** Reads a media type. */
  public MediaType mediaType() throws IOException {
    String text = text();
    MediaType before = interned.types.get(text);
    if (before != null) {
      return before;
    }
    try {
      MediaType value = new MediaType(text);
      interned.types.put(text, value);
      return value;
    } catch (IllegalArgumentException e) {
      throw new IOException("media type is malformed", e);
    }
  }
}
