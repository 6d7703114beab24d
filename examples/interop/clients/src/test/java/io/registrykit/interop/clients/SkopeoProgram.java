package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;

/** skopeo, which copies to a folder and back. */
final class SkopeoProgram implements Program {
  private final LiveRegistry registry;
  private final Wire wire;
  private final Path folder;
  private final Command skopeo;

  SkopeoProgram(LiveRegistry registry, Wire wire, Path folder) {
    this.registry = registry;
    this.wire = wire;
    this.folder = folder;
    this.skopeo =
        Skopeo.in(folder)
            .env("HOME", folder.toString())
            .env("REGISTRY_AUTH_FILE", folder.resolve("auth.json").toString());
  }

  @Override
  public Command.Outcome login(Login login) {
    return skopeo
        .reading(login.secret())
        .attempt(
            "login",
            Skopeo.reach(registry, wire),
            "-u",
            login.user(),
            "--password-stdin",
            registry.host());
  }

  @Override
  public void logout() {
    skopeo.run("logout", "--all");
  }

  @Override
  public Command.Outcome pull(String image) throws IOException {
    Folders.delete(folder.resolve("pulled"));
    return skopeo.attempt(
        "copy", "-q", Skopeo.source(registry, wire), "docker://" + image, "dir:pulled");
  }

  @Override
  public Command.Outcome push(String image) {
    return skopeo.attempt(
        "copy", "-q", Skopeo.target(registry, wire), "dir:pulled", "docker://" + image);
  }
}
