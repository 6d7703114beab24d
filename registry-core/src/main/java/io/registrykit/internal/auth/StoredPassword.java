package io.registrykit.internal.auth;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a generated password: its SHA-256. That is enough for 256 random bits, and cheap
 * enough for every request; what people choose goes through {@link Bcrypt}. Immutable.
 */
public final class StoredPassword {
  private static final int DIGEST_BYTES = 32;

  private final byte[] digest;
  private final @Nullable Instant expiresAt;
  private final String stamp;

  StoredPassword(String secret, @Nullable Instant expiresAt) {
    this(Secrets.digest(secret), expiresAt);
  }

  private StoredPassword(byte[] digest, @Nullable Instant expiresAt) {
    this.digest = digest;
    this.expiresAt = expiresAt;
    this.stamp = Secrets.stamp(HexFormat.of().formatHex(digest));
  }

  /**
   * A password as it was kept.
   *
   * @param hash what {@link #hash} gave
   * @param expiresAt when it ends, or null
   * @return the password
   * @throws IllegalArgumentException if that is no SHA-256
   */
  public static StoredPassword ofHash(String hash, @Nullable Instant expiresAt) {
    byte[] digest = HexFormat.of().parseHex(hash);
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException("a SHA-256 has " + DIGEST_BYTES + " bytes");
    }
    return new StoredPassword(digest, expiresAt);
  }

  /**
   * What is kept of the password.
   *
   * @return its SHA-256 in hexadecimal
   */
  public String hash() {
    return HexFormat.of().formatHex(digest);
  }

  /**
   * When the password ends.
   *
   * @return an instant, or null for never
   */
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  String stamp() {
    return stamp;
  }

  boolean isAliveAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  /** Compares in constant time with the digest of what was shown. */
  boolean matches(byte[] shown) {
    return MessageDigest.isEqual(digest, shown);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredPassword that
        && MessageDigest.isEqual(digest, that.digest)
        && Objects.equals(expiresAt, that.expiresAt);
  }

  @Override
  public int hashCode() {
    return stamp.hashCode();
  }

  @Override
  public String toString() {
    return "StoredPassword[***]";
  }
}
