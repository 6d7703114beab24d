package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** oras, which copies to an OCI layout and back. */
final class OrasProgram implements Program {
  private static final String LAYOUT = "pulled:1";
  private static final String PANIC = "panic: sync/atomic";
  private static final int ATTEMPTS = 20;

  private final LiveRegistry registry;
  private final Wire wire;
  private final Path folder;
  private final Command oras;

  OrasProgram(LiveRegistry registry, Wire wire, Path folder) {
    this.registry = registry;
    this.wire = wire;
    this.folder = folder;
    this.oras =
        Command.in(folder, Tools.require("oras"))
            .env("HOME", folder.toString())
            .env("DOCKER_CONFIG", folder.toString());
  }

  private String reach(String side) {
    return wire == Wire.HTTP
        ? "--" + side + "plain-http"
        : "--" + side + "ca-file=" + registry.certificate();
  }

  @Override
  public Command.Outcome login(Login login) {
    return oras.reading(login.secret())
        .attempt("login", reach(""), "-u", login.user(), "--password-stdin", registry.host());
  }

  @Override
  public void logout() throws IOException {
    Files.deleteIfExists(folder.resolve("config.json"));
  }

  @Override
  public Command.Outcome pull(String image) throws IOException {
    Folders.delete(folder.resolve("pulled"));
    return oras.attempt("cp", reach("from-"), "--to-oci-layout", image, LAYOUT);
  }

  /** Again when oras 1.2 panics, as it does now and then when two of its uploads are refused. */
  @Override
  public Command.Outcome push(String image) {
    Command push =
        oras.with("cp", reach("to-"), "--from-oci-layout", LAYOUT, image, "--concurrency=1");
    Command.Outcome outcome = push.attempt();
    for (int i = 1; i < ATTEMPTS && outcome.err().startsWith(PANIC); i++) {
      outcome = push.attempt();
    }
    return outcome;
  }
}
