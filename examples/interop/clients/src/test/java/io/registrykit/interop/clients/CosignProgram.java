package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** cosign, which saves an image with its signatures and loads it. */
final class CosignProgram implements Program {
  private final LiveRegistry registry;
  private final Path folder;
  private final Command cosign;
  private final String reach;

  CosignProgram(LiveRegistry registry, Wire wire, Path folder) {
    this.registry = registry;
    this.folder = folder;
    this.reach = wire == Wire.HTTP ? "--allow-http-registry" : "--allow-insecure-registry";
    this.cosign =
        Command.in(folder, Tools.require("cosign"))
            .env("HOME", folder.toString())
            .env("DOCKER_CONFIG", folder.toString());
  }

  @Override
  public Command.Outcome login(Login login) {
    return cosign
        .reading(login.secret())
        .attempt("login", registry.host(), "-u", login.user(), "--password-stdin");
  }

  @Override
  public void logout() throws IOException {
    Files.deleteIfExists(folder.resolve("config.json"));
  }

  @Override
  public Command.Outcome pull(String image) throws IOException {
    Folders.delete(folder.resolve("pulled"));
    return cosign.attempt("save", reach, "--dir", "pulled", image);
  }

  @Override
  public Command.Outcome push(String image) {
    return cosign.attempt("load", reach, "--dir", "pulled", image);
  }
}
