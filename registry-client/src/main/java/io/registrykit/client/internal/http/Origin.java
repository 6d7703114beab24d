package io.registrykit.client.internal.http;

import java.net.URI;
import java.util.Locale;

/**
 * Who answers at an address: scheme, host and port. What belongs to one origin never goes to
 * another. Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 address in brackets
 * @param port the port, never the default in disguise
 */
public record Origin(String scheme, String host, int port) {

  /**
   * The origin of an address.
   *
   * @param uri the address
   * @return the origin
   * @throws IllegalArgumentException if it has no host, carries user information, or is not HTTP
   */
  public static Origin of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("the address is neither http nor https");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the address has no plain host");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  /**
   * Whether bytes travel in the clear.
   *
   * @return true for plain HTTP
   */
  public boolean isPlain() {
    return scheme.equals("http");
  }

  /**
   * The host with its port, where that is not the usual one.
   *
   * @return such as {@code localhost:5000}
   */
  public String authority() {
    boolean usual = port == (isPlain() ? 80 : 443);
    return usual ? host : host + ":" + port;
  }

  /**
   * An address at this origin.
   *
   * @param rawTarget path and query, percent-encoded
   * @return the address
   */
  public URI resolve(String rawTarget) {
    return URI.create(scheme + "://" + host + ":" + port + rawTarget);
  }

  @Override
  public String toString() {
    return scheme + "://" + authority();
  }
}
