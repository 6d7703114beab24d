package io.registrykit.interop.clients;

import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;

/** The programs that sign in. */
enum Programs {
  DOCKER(DockerProgram.of(DockerFlavour.SYSTEM), true),
  DOCKER_NEWER(DockerProgram.of(DockerFlavour.NEWER), true),
  DOCKER_CONTAINERD(DockerProgram.of(DockerFlavour.NEWER_CONTAINERD), true),
  PODMAN(ContainersProgram.of("podman"), true),
  BUILDAH(ContainersProgram.of("buildah"), true),
  SKOPEO(SkopeoProgram::new, true),
  ORAS(OrasProgram::new, true),
  COSIGN(CosignProgram::new, false),
  CRANE(CraneProgram::new, false),
  CTR(CtrProgram::start, false);

  @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
  private final Start start;

  private final boolean triesLogin;

  Programs(Start start, boolean triesLogin) {
    this.start = start;
    this.triesLogin = triesLogin;
  }

  /** Starts a program. */
  interface Start {
    Program in(LiveRegistry registry, Wire wire, Path folder) throws IOException;
  }

  Program start(LiveRegistry registry, Wire wire, Path folder) throws IOException {
    return start.in(registry, wire, folder);
  }

  /** Whether its login asks the registry; else a wrong password shows at the first use. */
  boolean triesLogin() {
    return triesLogin;
  }
}
