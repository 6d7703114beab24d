package io.registrykit.client.credentials;

import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a docker {@code config.json} or a podman {@code auth.json} says. Immutable.
 *
 * @param auths credentials by key, as the file spells the keys
 * @param helpers names of helpers by host
 * @param store the name of the helper for all other hosts, or empty
 */
record DockerConfigFile(
    Map<String, RegistryCredentials> auths, Map<String, String> helpers, String store) {
  private static final int MAX_LENGTH = 4 * 1024 * 1024;
  private static final JsonReader.Source JSON = new JsonReader.Source(32, MAX_LENGTH);

  DockerConfigFile {
    auths = Map.copyOf(auths);
    helpers = Map.copyOf(helpers);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is malformed
   */
  static DockerConfigFile read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return parse(
          Bytes.readFrom(in, MAX_LENGTH)
              .orElseThrow(() -> new IOException("the file is too long")));
    }
  }

  static DockerConfigFile parse(Bytes document) throws IOException {
    Map<String, RegistryCredentials> auths = new LinkedHashMap<>();
    Map<String, String> helpers = new LinkedHashMap<>();
    StringBuilder store = new StringBuilder();
    try {
      JSON.readObject(
          document,
          (json, name) -> {
            if (name.equals("auths") && json.isObject()) {
              json.object(key -> readAuth(json).ifPresent(found -> auths.put(key, found)));
            } else if (name.equals("credHelpers") && json.isObject()) {
              json.object(key -> json.stringOrSkip().ifPresent(text -> helpers.put(key, text)));
            } else if (name.equals("credsStore")) {
              json.stringOrSkip().ifPresent(store::append);
            } else {
              json.skip();
            }
          });
    } catch (JsonFormatException e) {
      throw new IOException("the file is malformed at " + e.pointer(), e);
    }
    return new DockerConfigFile(auths, helpers, store.toString());
  }

  private static Optional<RegistryCredentials> readAuth(JsonReader json) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (!json.isObject()) {
      json.skip();
      return Optional.empty();
    }
    json.object(name -> json.stringOrSkip().ifPresent(text -> fields.put(name, text)));
    String identity = fields.getOrDefault("identitytoken", "");
    String access = fields.getOrDefault("registrytoken", "");
    if (!identity.isEmpty()) {
      return Optional.of(new RegistryCredentials.IdentityToken(identity));
    }
    if (!access.isEmpty()) {
      return Optional.of(new RegistryCredentials.AccessToken(access));
    }
    String auth = fields.getOrDefault("auth", "");
    return auth.isEmpty()
        ? password(fields.getOrDefault("username", ""), fields.getOrDefault("password", ""))
        : decode(auth);
  }

  /** Name and password, parted by the first colon; a password may have more of them. */
  private static Optional<RegistryCredentials> decode(String auth) {
    try {
      String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : password(pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\0+$", ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<RegistryCredentials> password(String user, String secret) {
    return user.isEmpty() || secret.isEmpty()
        ? Optional.empty()
        : Optional.of(new RegistryCredentials.Password(user, secret));
  }
}
