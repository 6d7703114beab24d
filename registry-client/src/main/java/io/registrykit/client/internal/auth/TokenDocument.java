package io.registrykit.client.internal.auth;

import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token server sends. Not safe for use by several threads at once.
 *
 * <p>{@code issued_at} is left out of it: the clocks of servers are wrong too often.
 */
final class TokenDocument {
  static final int MAX_LENGTH = 256 * 1024;
  private static final JsonReader.Source JSON = new JsonReader.Source(16, MAX_LENGTH);

  /** What the specification wants when the server says nothing. */
  private static final long DEFAULT_SECONDS = 60;

  private static final long MAX_SECONDS = Duration.ofDays(1).toSeconds();

  private @Nullable String token;
  private @Nullable String accessToken;
  private @Nullable String refreshToken;
  private long seconds = DEFAULT_SECONDS;

  private TokenDocument() {}

  static Token read(Bytes document) {
    TokenDocument fields = new TokenDocument();
    try {
      JSON.readObject(document, fields::field);
    } catch (JsonFormatException e) {
      throw new AccessException(
          ErrorCode.UNAUTHORIZED, "the token server sent a malformed document");
    }
    String value = fields.token != null ? fields.token : fields.accessToken;
    if (value == null || !value.matches("[\\x21-\\x7e]+")) {
      throw new AccessException(ErrorCode.UNAUTHORIZED, "the token server sent no token");
    }
    long usable = Math.max(1, Math.min(fields.seconds, MAX_SECONDS) * 9 / 10);
    long expires = System.nanoTime() + Duration.ofSeconds(usable).toNanos();
    return new Token(value, expires, fields.refreshToken);
  }

  private void field(JsonReader json, String name) {
    switch (name) {
      case "token" -> token = json.stringOrSkip().orElse(null);
      case "access_token" -> accessToken = json.stringOrSkip().orElse(null);
      case "refresh_token" -> refreshToken = json.stringOrSkip().orElse(null);
      case "expires_in" -> seconds = json.isNull() ? DEFAULT_SECONDS : json.integer();
      default -> json.skip();
    }
  }
}
