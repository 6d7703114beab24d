package io.registrykit.client.credentials;

import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonTree;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds passwords to a docker {@code config.json} or a podman {@code auth.json}, and keeps what else
 * stands there. Thread-safe; two that write one file at once can undo each other.
 *
 * <p>The password is kept as docker keeps it without a helper: readable for the owner of the file,
 * and for nobody else.
 */
public final class DockerConfigWriter {
  private static final int MAX_LENGTH = 4 * 1024 * 1024;

  private DockerConfigWriter() {}

  /**
   * Stores a password.
   *
   * @param file the file, made when it does not exist
   * @param host the registry with its port
   * @param password what to store
   * @throws IOException if the file cannot be read or written, or is malformed
   */
  public static void store(Path file, String host, RegistryCredentials.Password password)
      throws IOException {
    Map<String, @Nullable Object> fields = read(file);
    Map<String, @Nullable Object> auths = new LinkedHashMap<>();
    if (fields.get("auths") instanceof Map<?, ?> present) {
      present.forEach((key, value) -> auths.put(String.valueOf(key), value));
    }
    String pair = password.user() + ":" + password.secret();
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    auths.put(host, Map.of("auth", auth));
    fields.put("auths", auths);
    write(file, JsonTree.write(fields));
  }

  private static Map<String, @Nullable Object> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new LinkedHashMap<>();
    }
    try (InputStream in = Files.newInputStream(file)) {
      Bytes document =
          Bytes.readFrom(in, MAX_LENGTH).orElseThrow(() -> new IOException(file + " is too long"));
      return JsonTree.read(document, MAX_LENGTH);
    } catch (JsonFormatException e) {
      throw new IOException(file + " is malformed", e);
    }
  }

  /** A temporary file is the owner's alone from the start; it takes the place of the old one. */
  private static void write(Path file, Bytes content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "config", ".new");
    try {
      Files.write(fresh, content.toArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
