package io.registrykit.internal.engine;

import io.registrykit.api.Headers;
import io.registrykit.model.MediaType;
import java.util.List;

/**
 * Reads {@code Accept}, of which a client may send several lines. Parameters and {@code q} do not
 * count: a manifest is served as it is stored or not at all. Thread-safe.
 */
final class AcceptHeader {
  private AcceptHeader() {}

  /**
   * Whether a caller takes a type.
   *
   * @param headers the headers of the request
   * @param type the type
   * @return true also when the caller says nothing about types
   */
  static boolean accepts(Headers headers, MediaType type) {
    boolean silent = true;
    for (String line : headers.all(HeaderNames.ACCEPT)) {
      for (int start = 0; start < line.length(); ) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        int semicolon = line.indexOf(';', start);
        String range =
            line.substring(start, semicolon >= 0 && semicolon < end ? semicolon : end).strip();
        if (!range.isEmpty()) {
          silent = false;
          if (matches(range, type.value())) {
            return true;
          }
        }
        start = end + 1;
      }
    }
    return silent;
  }

  private static boolean matches(String range, String type) {
    if (range.endsWith("/*")) {
      int slash = range.length() - 1;
      return range.equals("*/*") || type.regionMatches(true, 0, range, 0, slash);
    }
    return range.equalsIgnoreCase(type);
  }

  /** The types that a caller names, for the message of a refusal. */
  static String describe(Headers headers) {
    List<String> lines = headers.all(HeaderNames.ACCEPT);
    String joined = String.join(", ", lines);
    return joined.length() <= 512 ? joined : joined.substring(0, 512);
  }
}
