package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Login;
import java.io.IOException;
import java.util.Map;

/**
 * docker, with a dockerd of its own. The daemon takes any certificate of 127.0.0.1, but for that of
 * a token endpoint when it has the image store of containerd: so it is told of the certificate.
 */
final class DockerProgram implements Program {
  private final LiveRegistry registry;
  private final DockerEngine engine;
  private String pulled = "";

  private DockerProgram(LiveRegistry registry, DockerEngine engine) {
    this.registry = registry;
    this.engine = engine;
  }

  static Programs.Start of(DockerFlavour flavour) {
    return (registry, wire, folder) ->
        new DockerProgram(
            registry,
            DockerEngine.start(
                flavour, folder, Map.of("SSL_CERT_FILE", registry.certificate().toString())));
  }

  @Override
  public Command.Outcome login(Login login) {
    return engine
        .docker()
        .reading(login.secret())
        .attempt("login", "-u", login.user(), "--password-stdin", registry.host());
  }

  @Override
  public void logout() throws IOException {
    engine.docker().run("logout", registry.host());
  }

  @Override
  public Command.Outcome pull(String image) {
    engine.forgetImages();
    pulled = image;
    return engine.docker().attempt("pull", "-q", image);
  }

  @Override
  public Command.Outcome push(String image) {
    engine.docker().run("tag", pulled, image);
    return engine.docker().attempt("push", "-q", image);
  }

  @Override
  public void close() {
    engine.close();
  }
}
