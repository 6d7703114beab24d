package io.registrykit.internal.auth;

import io.registrykit.auth.TextSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of an htpasswd file. Immutable. */
public final class HtpasswdUsers {
  private final Map<String, String> hashes;

  private HtpasswdUsers(Map<String, String> hashes) {
    this.hashes = hashes;
  }

  /**
   * Reads a file: {@code name:hash} in each line, with empty lines and comments behind {@code #}.
   *
   * @param text the content of the file
   * @return its users
   * @throws IOException if a line has another form or another hash than bcrypt; its number is said
   *     and nothing of its content
   */
  public static HtpasswdUsers parse(String text) throws IOException {
    if (text.length() > TextSource.MAX_LENGTH) {
      throw new IOException("the htpasswd file is too long");
    }
    Map<String, String> hashes = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      int colon = stripped.indexOf(':');
      String hash = stripped.substring(colon + 1);
      if (colon <= 0 || !Bcrypt.isHash(hash)) {
        throw new IOException(
            "line " + number + " of the htpasswd file is not NAME:HASH with a hash of bcrypt");
      }
      hashes.put(stripped.substring(0, colon), hash);
    }
    return new HtpasswdUsers(hashes);
  }

  /**
   * The hash of a user.
   *
   * @param name the user
   * @return the hash, or null when there is no such user
   */
  public @Nullable String hashOf(String name) {
    return hashes.get(name);
  }

  /**
   * The hash of any user, for the time that a check of it takes.
   *
   * @return a hash, or empty when there are no users
   */
  public Optional<String> sample() {
    return hashes.values().stream().findFirst();
  }

  /**
   * A short name for a hash.
   *
   * @param hash the hash, with its salt
   * @return a name that tells nothing about it
   */
  public static String stampOf(String hash) {
    return Secrets.stamp(hash);
  }
}
