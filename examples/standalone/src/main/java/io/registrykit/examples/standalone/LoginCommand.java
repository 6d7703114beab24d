package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.DockerConfigWriter;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a password at a registry and keeps it where docker looks for it. */
@Command(
    name = "login",
    description = {
      "Sign in at a registry, and keep the password where docker keeps it.",
      "The password is read from standard input."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class LoginCommand implements Callable<Integer> {
  private static final int MAX_PASSWORD = 64 * 1024;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "HOST", description = "Such as localhost:5000.")
  private String host;

  @Option(
      names = {"-u", "--username"},
      paramLabel = "NAME",
      required = true,
      description = "The user.")
  private String user;

  @Option(names = "--insecure", description = "Speak plain HTTP to the host.")
  private boolean insecure;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file to keep it in. Default: config.json in DOCKER_CONFIG or ~/.docker.")
  private @Nullable Path config;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  LoginCommand() {}

  @Override
  public Integer call() throws IOException {
    String secret =
        Bytes.readFrom(System.in, MAX_PASSWORD)
            .orElseThrow(() -> new IOException("the password is too long"))
            .toUtf8()
            .strip();
    RegistryCredentials.Password password = new RegistryCredentials.Password(user, secret);
    RegistryClient.Builder builder =
        RegistryClient.builder().credentials(CredentialProvider.of(host, password));
    if (insecure) {
      builder.insecure(host);
    }
    try (RegistryClient client = builder.build()) {
      client.registry(host).ping();
    }
    Path file = config == null ? usual() : config;
    DockerConfigWriter.store(file, host, password);
    spec.commandLine().getOut().println("signed in at " + host + ", kept in " + file);
    return 0;
  }

  private static Path usual() {
    String folder = Optional.ofNullable(System.getenv("DOCKER_CONFIG")).orElse("");
    return folder.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".docker", "config.json")
        : Path.of(folder, "config.json");
  }
}
