package io.registrykit.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A short run of bytes, equal to another by content. Immutable. */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /**
   * No bytes.
   *
   * @return the empty run
   */
  public static Bytes empty() {
    return EMPTY;
  }

  /**
   * Copies an array.
   *
   * @param content the bytes
   * @return a run that later changes of the array do not reach
   */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /**
   * Encodes a text as UTF-8.
   *
   * @param text the text
   * @return its bytes
   */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a stream to its end, as long as it stays within a limit.
   *
   * @param in the stream; read, not closed
   * @param limit the most bytes to take, zero or more
   * @return the bytes, or empty when the stream has more than {@code limit}
   * @throws IOException if the stream fails
   */
  public static Optional<Bytes> readFrom(InputStream in, int limit) throws IOException {
    byte[] content = in.readNBytes(limit);
    boolean more = content.length == limit && in.read() >= 0;
    return more ? Optional.empty() : Optional.of(new Bytes(content));
  }

  /**
   * The number of bytes.
   *
   * @return zero or more
   */
  public int length() {
    return content.length;
  }

  /**
   * A copy of the bytes.
   *
   * @return a new array
   */
  public byte[] toArray() {
    return content.clone();
  }

  /**
   * The bytes as a buffer that refuses writes, without a copy.
   *
   * @return a new buffer
   */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /**
   * The bytes as a stream, without a copy.
   *
   * @return a new stream
   */
  public InputStream asInputStream() {
    return new ByteArrayInputStream(content);
  }

  /**
   * Writes the bytes out, without a copy.
   *
   * @param out where to; not closed
   * @throws IOException if the stream fails
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(content, 0, content.length);
  }

  /**
   * Hashes the bytes.
   *
   * @param algorithm the hash function
   * @return the digest
   */
  public Digest digest(DigestAlgorithm algorithm) {
    return Digest.of(algorithm, content);
  }

  /**
   * Decodes the bytes as UTF-8.
   *
   * @return the text; malformed input becomes the replacement character
   */
  public String toUtf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
