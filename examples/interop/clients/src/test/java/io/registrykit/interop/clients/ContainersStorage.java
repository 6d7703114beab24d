package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs podman or buildah with a store of images in a folder, apart from that of the machine. */
final class ContainersStorage {
  private ContainersStorage() {}

  static Command program(String name, Path folder) throws IOException {
    String program = Tools.require(name);
    Path configuration = folder.resolve("storage.conf");
    Files.writeString(
        configuration,
        """
        [storage]
        driver = "vfs"
        runroot = "%s"
        graphroot = "%s"
        """
            .formatted(folder.resolve("run"), folder.resolve("graph")));
    Path authentication = Files.writeString(folder.resolve("auth.json"), "{}");
    return Command.in(folder, program)
        .env("CONTAINERS_STORAGE_CONF", configuration.toString())
        .env("REGISTRY_AUTH_FILE", authentication.toString());
  }
}
