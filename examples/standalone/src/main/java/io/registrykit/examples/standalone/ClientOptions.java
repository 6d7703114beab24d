package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.credentials.DockerConfigCredentials;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What all commands that talk to a registry take. Filled by picocli, for one thread. */
final class ClientOptions {
  @Option(
      names = "--insecure",
      paramLabel = "HOST",
      description = "Speak plain HTTP to this host, such as localhost:5000. Can be repeated.")
  private List<String> insecure = List.of();

  /** Made by picocli. */
  ClientOptions() {}

  /** A client that signs in as docker and podman would. */
  RegistryClient open(PrintWriter err) {
    RegistryClient.Builder builder =
        RegistryClient.builder()
            .credentials(
                DockerConfigCredentials.fromEnvironment(
                    System.getenv(), Path.of(System.getProperty("user.home"))))
            .warnings(
                warning -> err.println("warning from " + warning.host() + ": " + warning.text()));
    insecure.forEach(builder::insecure);
    return builder.build();
  }

  /** The tag or digest of an image, {@code latest} when it has none. */
  static Reference referenceOf(ImageReference image) {
    return image.reference().orElse(new Tag("latest"));
  }
}
