package io.registrykit.client.credentials;

import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a docker credential helper. Safe for use by any number of threads.
 *
 * @param name what follows {@code docker-credential-} in the name of the program
 * @param path the folders to look for it in, parted as in {@code PATH}
 * @param timeout how long the program may take
 * @see <a href="https://github.com/docker/docker-credential-helpers">docker-credential-helpers</a>
 */
record CredentialHelper(String name, String path, Duration timeout) {
  private static final int MAX_OUTPUT = 64 * 1024;
  private static final JsonReader.Source JSON = new JsonReader.Source(8, MAX_OUTPUT);

  /** Whether the name is that of a program on the path, and not a path of its own. */
  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  }

  /**
   * Asks for credentials.
   *
   * @param server the key, as docker writes it
   * @return empty when the helper has none
   * @throws IOException if the helper cannot be run, fails, or takes too long; no secret is in the
   *     message
   */
  Optional<RegistryCredentials> get(String server) throws IOException {
    Process process =
        new ProcessBuilder(program().toString(), "get")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      CompletableFuture<Optional<Bytes>> output = read(process);
      ask(process, server);
      Bytes bytes =
          output
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
              .orElseThrow(() -> new IOException("the helper says too much"));
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the helper does not end");
      }
      return process.exitValue() == 0 ? Optional.of(parse(bytes)) : none(bytes);
    } catch (TimeoutException e) {
      throw new IOException("the helper took longer than " + timeout, e);
    } catch (ExecutionException e) {
      throw new IOException("the helper cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** On the path alone: never in the working folder, which somebody else may have filled. */
  private Path program() throws IOException {
    for (String folder : path.split(File.pathSeparator, -1)) {
      for (String ending : List.of("", ".exe")) {
        Path program = Path.of(folder, "docker-credential-" + name + ending);
        if (program.isAbsolute() && Files.isExecutable(program)) {
          return program;
        }
      }
    }
    throw new IOException("there is no such program on the path");
  }

  private static void ask(Process process, String server) {
    try (OutputStream in = process.getOutputStream()) {
      in.write((server + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading; what it said and its exit code tell why.
    }
  }

  private static CompletableFuture<Optional<Bytes>> read(Process process) {
    CompletableFuture<Optional<Bytes>> output = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (InputStream in = process.getInputStream()) {
                output.complete(Bytes.readFrom(in, MAX_OUTPUT));
              } catch (IOException e) {
                output.completeExceptionally(e);
              }
            },
            "credential-helper");
    reader.setDaemon(true);
    reader.start();
    return output;
  }

  private static Optional<RegistryCredentials> none(Bytes output) throws IOException {
    if (output.toUtf8().contains("credentials not found")) {
      return Optional.empty();
    }
    throw new IOException("the helper failed");
  }

  private static RegistryCredentials parse(Bytes output) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      JSON.readObject(
          output, (json, field) -> json.stringOrSkip().ifPresent(text -> fields.put(field, text)));
    } catch (JsonFormatException e) {
      throw new IOException("the helper said something that is no JSON", e);
    }
    String user = fields.getOrDefault("Username", "");
    String secret = fields.getOrDefault("Secret", "");
    if (secret.isEmpty()) {
      throw new IOException("the helper named no secret");
    }
    return user.equals("<token>")
        ? new RegistryCredentials.IdentityToken(secret)
        : new RegistryCredentials.Password(user, secret);
  }
}
