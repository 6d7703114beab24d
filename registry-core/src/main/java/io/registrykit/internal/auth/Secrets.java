package io.registrykit.internal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes secrets, digests and fingerprints of them. Thread-safe. */
public final class Secrets {
  private static final int SECRET_BYTES = 32;
  private static final int STAMP_BYTES = 8;

  private Secrets() {}

  /**
   * Makes a secret that cannot be guessed.
   *
   * @param random where it comes from
   * @return 256 random bits as letters, digits, dashes and underscores
   */
  public static String generate(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The SHA-256 of a text. */
  static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * A short name for something that was hashed already and holds at least 128 random bits, such as
   * a salt: it tells one such thing from another and nothing about what was hashed.
   *
   * @param hashed a hash
   * @return sixteen characters
   */
  public static String stamp(String hashed) {
    return HexFormat.of().formatHex(digest("stamp " + hashed), 0, STAMP_BYTES);
  }
}
