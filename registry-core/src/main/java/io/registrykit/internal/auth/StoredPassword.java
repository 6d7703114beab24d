package io.registrykit.internal.auth;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a generated password: its SHA-256. That is enough for 256 random bits, and cheap
 * enough for every request; what people choose goes through {@link Bcrypt}. Immutable.
 */
public final class StoredPassword {
  private final byte[] digest;
  private final @Nullable Instant expiresAt;
  private final String stamp;

  StoredPassword(String secret, @Nullable Instant expiresAt) {
    this.digest = Secrets.digest(secret);
    this.expiresAt = expiresAt;
    this.stamp = Secrets.stamp(HexFormat.of().formatHex(digest));
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
  public String toString() {
    return "StoredPassword[***]";
  }
}
