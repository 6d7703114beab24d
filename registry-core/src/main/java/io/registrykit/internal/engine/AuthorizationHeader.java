package io.registrykit.internal.engine;

import io.registrykit.api.Headers;
import io.registrykit.spi.auth.Credentials;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code Authorization}. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617, Basic</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, Bearer</a>
 */
public final class AuthorizationHeader {
  /** The longest value that is looked at, in characters: room for a token with many scopes. */
  public static final int MAX_LENGTH = 16 * 1024;

  private static final Credentials NONE = new Credentials.None();

  private AuthorizationHeader() {}

  /**
   * Reads what a caller shows.
   *
   * @param headers the headers of a request
   * @return the credentials, {@link Credentials.None} without the header, or empty when the header
   *     is malformed, too long, sent twice, or of another scheme than Basic and Bearer
   */
  public static Optional<Credentials> read(Headers headers) {
    List<String> values = headers.all("Authorization");
    if (values.isEmpty()) {
      return Optional.of(NONE);
    }
    String value = values.get(0).strip();
    int space = value.indexOf(' ');
    if (values.size() > 1 || value.length() > MAX_LENGTH || space < 0) {
      return Optional.empty();
    }
    String scheme = value.substring(0, space);
    String rest = value.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Basic")) {
      return basic(rest);
    }
    return scheme.equalsIgnoreCase("Bearer") && isToken(rest)
        ? Optional.of(new Credentials.Bearer(rest))
        : Optional.empty();
  }

  private static Optional<Credentials> basic(String encoded) {
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon < 0 || pair.chars().anyMatch(Character::isISOControl)
        ? Optional.empty()
        : Optional.of(
            new Credentials.Password(pair.substring(0, colon), pair.substring(colon + 1)));
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
