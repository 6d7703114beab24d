package io.registrykit.internal.engine;

import java.nio.charset.StandardCharsets;

/**
 * Builds the {@code Link} to the next page: relative, so that it is right behind every proxy. Not
 * safe for use by several threads at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288</a>
 */
final class LinkHeader {
  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder target;
  private char separator = '?';

  private LinkHeader(String path) {
    this.target = new StringBuilder(path.length() + 64).append('<').append(path);
  }

  /**
   * Starts a link.
   *
   * @param path the path of the list, encoded where it has to be
   * @return a builder
   */
  static LinkHeader to(String path) {
    return new LinkHeader(path);
  }

  /** Adds a parameter, encoded. */
  LinkHeader with(String name, String value) {
    target.append(separator).append(name).append('=');
    separator = '&';
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        target.append(c);
      } else {
        target.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
    return this;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /** The address without brackets, for a document. */
  String target() {
    return target.substring(1);
  }

  /** The value of the header. */
  String next() {
    return target + ">; rel=\"next\"";
  }
}
