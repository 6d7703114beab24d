package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import io.registrykit.interop.harness.Wire;

/** podman or buildah, which take the same words. */
final class ContainersProgram implements Program {
  private final LiveRegistry registry;
  private final Command program;
  private final String reach;
  private String pulled = "";

  private ContainersProgram(LiveRegistry registry, Wire wire, Command program) {
    this.registry = registry;
    this.program = program;
    this.reach = Skopeo.reach(registry, wire);
  }

  static Programs.Start of(String name) {
    return (registry, wire, folder) ->
        new ContainersProgram(registry, wire, ContainersStorage.program(name, folder));
  }

  @Override
  public Command.Outcome login(Login login) {
    return program
        .reading(login.secret())
        .attempt("login", reach, "-u", login.user(), "--password-stdin", registry.host());
  }

  @Override
  public void logout() {
    program.run("logout", "--all");
  }

  @Override
  public Command.Outcome pull(String image) {
    program.run("rmi", "--all", "--force");
    pulled = image;
    return program.attempt("pull", "-q", reach, image);
  }

  @Override
  public Command.Outcome push(String image) {
    return program.attempt("push", "-q", reach, pulled, "docker://" + image);
  }
}
