package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * crane, which pulls into an OCI layout. It takes no token endpoint at an address of its own
 * machine or network, so it gets a name.
 */
final class CraneProgram implements Program {
  private final LiveRegistry registry;
  private final Path folder;
  private final Command crane;

  CraneProgram(LiveRegistry registry, Wire wire, Path folder) {
    this.registry = registry;
    this.folder = folder;
    Command program =
        Command.in(folder, Tools.require("crane"))
            .env("HOME", folder.toString())
            .env("DOCKER_CONFIG", folder.toString());
    this.crane =
        wire == Wire.HTTP
            ? program.with("--insecure")
            : program.env("SSL_CERT_FILE", registry.certificate().toString());
  }

  private static String named(String image) {
    return image.replaceFirst("^127\\.0\\.0\\.1:", "localhost:");
  }

  @Override
  public Command.Outcome login(Login login) {
    return crane
        .reading(login.secret())
        .attempt("auth", "login", named(registry.host()), "-u", login.user(), "--password-stdin");
  }

  @Override
  public void logout() throws IOException {
    Files.deleteIfExists(folder.resolve("config.json"));
  }

  @Override
  public Command.Outcome pull(String image) throws IOException {
    Folders.delete(folder.resolve("pulled"));
    return crane.attempt("pull", "--format=oci", named(image), "pulled");
  }

  @Override
  public Command.Outcome push(String image) {
    return crane.attempt("push", "pulled", named(image));
  }
}
