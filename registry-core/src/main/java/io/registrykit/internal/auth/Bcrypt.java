package io.registrykit.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Checks passwords that people chose, against bcrypt hashes. Safe for use by any number of threads.
 *
 * <p>One check takes tens of milliseconds by design, and a client that signs in with Basic sends
 * its password with every request: so what was right is remembered for a few minutes, by a keyed
 * digest of hash and password. A changed hash has another digest, so nothing outlives its change.
 */
public final class Bcrypt {
  private static final int COST = 10;
  private static final int MAX_BYTES = 72;

  /** The highest cost that is accepted from a file: about a second of work for each sign-in. */
  private static final int MAX_COST = 14;

  private static final int MAX_REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

  private final String salt = Secrets.generate(new SecureRandom());
  private final Cache<String, Boolean> right =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  /** A checker that remembers nothing yet. */
  public Bcrypt() {}

  /**
   * Hashes a password.
   *
   * @param password what somebody chose; bytes behind the 72nd do not count
   * @return a hash with salt and cost
   */
  public static String hash(String password) {
    return BCrypt.hashpw(bytes(password), BCrypt.gensalt("$2b", COST));
  }

  /**
   * Whether a text is a hash that {@link #verify} can check.
   *
   * @param text any text
   * @return true for {@code $2a$}, {@code $2b$} and {@code $2y$} with a bearable cost
   */
  public static boolean isHash(String text) {
    return text.matches("\\$2[aby]\\$(0[4-9]|1[0-9])\\$[./A-Za-z0-9]{53}")
        && Integer.parseInt(text.substring(4, 6)) <= MAX_COST;
  }

  /**
   * Checks a password.
   *
   * @param password what was shown
   * @param hash what is known
   * @return true when it is the one
   */
  public boolean verify(String password, String hash) {
    String key = HexFormat.of().formatHex(Secrets.digest(salt + ' ' + hash + ' ' + password));
    if (right.getIfPresent(key) != null) {
      return true;
    }
    boolean verified = isRight(password, hash);
    if (verified) {
      right.put(key, Boolean.TRUE);
    }
    return verified;
  }

  /**
   * Takes the time of a check for a name that does not exist, so that nobody can tell.
   *
   * @param password what was shown
   * @param sample the hash of somebody else
   */
  public void refuse(String password, String sample) {
    isRight(password, sample);
  }

  private static boolean isRight(String password, String hash) {
    return BCrypt.checkpw(bytes(password), hash);
  }

  /** As {@code htpasswd} does it: what is too long for the algorithm is cut off. */
  private static byte[] bytes(String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    return bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
  }
}
