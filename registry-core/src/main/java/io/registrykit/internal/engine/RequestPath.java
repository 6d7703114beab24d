package io.registrykit.internal.engine;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.InvalidContentException;
import java.util.List;
import java.util.Map;

/**
 * Decodes the path of a request, once, and refuses what no path of the protocol has. Thread-safe.
 */
final class RequestPath {
  /**
   * Stands for an encoded slash, which is part of a piece and does not end it. No path has this
   * character, because control characters are refused.
   */
  static final char ENCODED_SLASH = '\u0001';

  /** The longest path, in characters: the longest name and a digest, all of it encoded. */
  static final int MAX_LENGTH = 2048;

  private static final int URI_TOO_LONG = 414;

  private RequestPath() {}

  /**
   * Decodes a path.
   *
   * @param raw the path as it was sent
   * @return the path with encoded characters in the clear, but {@link #ENCODED_SLASH} for each
   *     encoded slash
   * @throws InvalidContentException ({@code NAME_INVALID}) if an encoding is malformed, a character
   *     is not printable ASCII, or a piece before the last is empty, or one is {@code .} or {@code
   *     ..}
   */
  static String decode(String raw) {
    if (raw.length() > MAX_LENGTH) {
      throw new InvalidContentException(
          URI_TOO_LONG,
          List.of(
              new ErrorInfo(
                  ErrorCode.NAME_INVALID,
                  "path is longer than " + MAX_LENGTH + " characters",
                  Map.of())));
    }
    if (raw.indexOf(ENCODED_SLASH) >= 0) {
      throw invalid("path has a control character");
    }
    String path = raw.indexOf('%') < 0 ? raw : decodeEscapes(raw);
    checkPieces(path);
    return path;
  }

  private static String decodeEscapes(String raw) {
    StringBuilder decoded = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(raw.charAt(i + 2), 16);
        if (low < 0) {
          throw invalid("path has a malformed percent-encoding");
        }
        char value = (char) (high << 4 | low);
        if (value == ENCODED_SLASH) {
          throw invalid("path has a control character");
        }
        decoded.append(value == '/' ? ENCODED_SLASH : value);
        i += 2;
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private static void checkPieces(String path) {
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      if (c == '/') {
        boolean inside = start > 0 && i < path.length();
        if ((inside && i == start) || isDots(path, start, i)) {
          throw invalid("path has an empty piece, or one of dots");
        }
        start = i + 1;
      } else if ((c <= ' ' && c != ENCODED_SLASH) || c > '~') {
        throw invalid("path has a character that is not printable ASCII");
      }
    }
  }

  private static boolean isDots(String path, int start, int end) {
    return end > start
        && end - start <= 2
        && path.charAt(start) == '.'
        && path.charAt(end - 1) == '.';
  }

  private static InvalidContentException invalid(String message) {
    return new InvalidContentException(ErrorCode.NAME_INVALID, message);
  }
}
