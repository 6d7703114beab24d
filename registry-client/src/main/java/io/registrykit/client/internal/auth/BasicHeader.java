package io.registrykit.client.internal.auth;

import io.registrykit.client.credentials.RegistryCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The header of HTTP Basic. Immutable. */
final class BasicHeader {
  private BasicHeader() {}

  static String of(RegistryCredentials.Password password) {
    byte[] pair = (password.user() + ":" + password.secret()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
