package io.registrykit.examples.torture.wire;

import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Bytes and their digest. Immutable, as long as nobody writes into the bytes. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Blob(byte[] bytes, String digest) {

  /** Bytes whose digest is not known yet. */
  public static Blob of(byte[] bytes) {
    return new Blob(bytes, digestOf(bytes));
  }

  /** Text as bytes. */
  public static Blob of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes that nobody has yet. */
  public static Blob random(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /** The digest of bytes. */
  public static String digestOf(byte[] bytes) {
    Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    hasher.update(bytes, 0, bytes.length);
    return hasher.digest().toString();
  }
}
