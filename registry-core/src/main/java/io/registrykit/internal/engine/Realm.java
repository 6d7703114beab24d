package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.auth.RegistryAccess;
import java.net.URI;
import java.util.regex.Pattern;

/** Where a client finds the token endpoint. Thread-safe. */
final class Realm {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private Realm() {}

  /**
   * The start of the address: the configured one, or the host that the request was sent to. A host
   * with other characters than those of a host does not get into a header.
   */
  static String of(RegistryAccess access, ApiRequest request) {
    URI configured = access.realm();
    if (configured != null) {
      String text = configured.toASCIIString();
      return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
    String host =
        request.headers().first("Host").filter(Realm::isHost).orElse(access.loginServer());
    return access.scheme() + "://" + host;
  }

  /** Whether a text is a host, with or without port. */
  static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }
}
