package io.registrykit.client.credentials;

import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from the files that docker and podman keep, read anew at each look-up. Safe for use
 * by any number of threads.
 *
 * <p>In one file, a helper for the host comes first, then the longest entry of {@code auths} that
 * the repository lies in, then the helper for all hosts; the first of several files that has
 * something wins.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties">Docker,
 *     config.json</a>
 * @see <a
 *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 */
public final class DockerConfigCredentials implements CredentialProvider {
  /** The key under which docker keeps what belongs to Docker Hub. */
  private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

  private static final Set<String> DOCKER_HUB =
      Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

  private final List<Path> files;
  private final Duration helperTimeout;
  private final String path;

  /**
   * Credentials from given files.
   *
   * @param files the files in their order; those that do not exist are passed over
   * @param helperTimeout how long a helper may take
   */
  public DockerConfigCredentials(List<Path> files, Duration helperTimeout) {
    this(files, helperTimeout, System.getenv());
  }

  DockerConfigCredentials(
      List<Path> files, Duration helperTimeout, Map<String, String> environment) {
    this.files = List.copyOf(files);
    this.helperTimeout = helperTimeout;
    this.path = environment.getOrDefault("PATH", "");
  }

  /**
   * Credentials from where docker and podman look: {@code REGISTRY_AUTH_FILE} alone when it is set,
   * else {@code config.json} in {@code DOCKER_CONFIG} or {@code ~/.docker}, then {@code
   * containers/auth.json} in {@code XDG_RUNTIME_DIR} and {@code ~/.config}. Helpers are programs in
   * {@code PATH} and get ten seconds.
   *
   * @param environment the environment, such as {@link System#getenv()}
   * @param home the home folder of the user
   * @return the provider
   */
  public static DockerConfigCredentials fromEnvironment(
      Map<String, String> environment, Path home) {
    List<Path> files = new ArrayList<>();
    String only = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
    if (!only.isEmpty()) {
      files.add(Path.of(only));
    } else {
      String docker = environment.getOrDefault("DOCKER_CONFIG", "");
      files.add(
          (docker.isEmpty() ? home.resolve(".docker") : Path.of(docker)).resolve("config.json"));
      String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
      if (!runtime.isEmpty()) {
        files.add(Path.of(runtime, "containers", "auth.json"));
      }
      files.add(home.resolve(".config").resolve("containers").resolve("auth.json"));
    }
    return new DockerConfigCredentials(files, Duration.ofSeconds(10), environment);
  }

  @Override
  public Lookup find(String host, @Nullable RepositoryName repository) {
    List<String> steps = new ArrayList<>();
    for (Path path : files) {
      if (!Files.exists(path)) {
        steps.add(path + ": no such file");
        continue;
      }
      try {
        Optional<RegistryCredentials> found =
            search(DockerConfigFile.read(path), path.toString(), host, repository, steps);
        if (found.isPresent()) {
          return new Lookup(found.get(), steps);
        }
      } catch (IOException e) {
        steps.add(path + ": cannot be used: " + e.getMessage());
      }
    }
    return new Lookup(new RegistryCredentials.Anonymous(), steps);
  }

  private Optional<RegistryCredentials> search(
      DockerConfigFile file,
      String path,
      String host,
      @Nullable RepositoryName repository,
      List<String> steps) {
    boolean hub = DOCKER_HUB.contains(host);
    String server = hub ? DOCKER_HUB_KEY : host;
    String helper =
        hub
            ? file.helpers()
                .getOrDefault("docker.io", file.helpers().getOrDefault(DOCKER_HUB_KEY, ""))
            : file.helpers().getOrDefault(host, "");
    if (!helper.isEmpty()) {
      return ask(helper, server, path + ": helper for " + host, steps);
    }
    for (String key : keys(host, repository)) {
      for (Map.Entry<String, RegistryCredentials> entry : file.auths().entrySet()) {
        if (normal(entry.getKey()).equals(key)) {
          steps.add(path + ": found under " + entry.getKey());
          return Optional.of(entry.getValue());
        }
      }
    }
    if (!file.store().isEmpty()) {
      return ask(file.store(), server, path + ": helper for all hosts", steps);
    }
    steps.add(path + ": nothing for " + host);
    return Optional.empty();
  }

  private Optional<RegistryCredentials> ask(
      String helper, String server, String where, List<String> steps) {
    String about = where + ", docker-credential-" + helper;
    if (!CredentialHelper.isName(helper)) {
      steps.add(where + ": its name is not that of a program");
      return Optional.empty();
    }
    try {
      Optional<RegistryCredentials> found =
          new CredentialHelper(helper, path, helperTimeout).get(server);
      steps.add(about + (found.isPresent() ? ": found" : ": has nothing for " + server));
      return found;
    } catch (IOException e) {
      steps.add(about + ": cannot be used: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The keys to look for, the most precise first. */
  private static Set<String> keys(String host, @Nullable RepositoryName repository) {
    Set<String> keys = new LinkedHashSet<>();
    for (String name :
        DOCKER_HUB.contains(host) ? List.of("docker.io", "index.docker.io", host) : List.of(host)) {
      RepositoryName prefix = repository;
      while (prefix != null) {
        keys.add(name + "/" + prefix);
        prefix = prefix.parent().orElse(null);
      }
    }
    keys.add(host);
    if (DOCKER_HUB.contains(host)) {
      keys.addAll(List.of("index.docker.io", "docker.io"));
    }
    return keys;
  }

  /** A key of a file without scheme, version and closing slash. */
  private static String normal(String key) {
    String text = key.replaceFirst("^https?://", "").replaceFirst("/+$", "");
    return text.replaceFirst("^([^/]+)/v[12]$", "$1");
  }
}
