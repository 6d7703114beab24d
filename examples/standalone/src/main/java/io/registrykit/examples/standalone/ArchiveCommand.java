package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command between files and a registry, far away or in a folder. Filled by picocli, for one
 * thread.
 */
abstract class ArchiveCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "PLACE",
      description = "The folder or the file; a new file ends with .tar.")
  private Path place;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REGISTRY",
      description =
          "Such as localhost:5000, localhost:5000/team/app or localhost:5000/team/app:v1; with"
              + " --root without the host, and all of it when left out.")
  private @Nullable String registry;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The registry is this folder, which no server has open.")
  private @Nullable Path root;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description =
          "Take this platform of an index alone, such as linux/arm64. Default: all, and linux/amd64"
              + " for files of the docker kind.")
  private @Nullable String platform;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ArchiveCommand() {}

  final Path place() {
    return place;
  }

  final @Nullable String platform() {
    return platform;
  }

  final RegistryEnd openRegistry(RegistryClient client) throws IOException {
    return RegistryEnd.open(client, root, registry);
  }
}
