package io.registrykit.internal.engine;

import io.registrykit.api.Headers;
import java.util.List;

/**
 * Entity tags, which are digests in quotes. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>
 */
final class EntityTag {
  private EntityTag() {}

  static String of(String digest) {
    return '"' + digest + '"';
  }

  /** Whether the caller has the content already, so that status 304 says enough. */
  static boolean isKnown(Headers headers, String digest) {
    List<String> values = headers.all(HeaderNames.IF_NONE_MATCH);
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (value.strip().equals("*") || isListed(value, digest)) {
        return true;
      }
    }
    return false;
  }

  /** The weak comparison: {@code W/} does not count. A digest has no comma and no quote in it. */
  private static boolean isListed(String list, String digest) {
    String tag = of(digest);
    for (int start = 0; start < list.length(); ) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      String entry = list.substring(start, end).strip();
      if (entry.equals(tag) || (entry.startsWith("W/") && entry.substring(2).equals(tag))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /**
   * Whether a range may be served: the caller has part of the very same content, or says nothing.
   */
  static boolean allowsRange(Headers headers, String digest) {
    return headers
        .first(HeaderNames.IF_RANGE)
        .map(String::strip)
        .map(of(digest)::equals)
        .orElse(true);
  }
}
