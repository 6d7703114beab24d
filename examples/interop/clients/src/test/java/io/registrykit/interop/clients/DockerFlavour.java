package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Tools;
import java.nio.file.Path;
import java.util.List;

/** Which docker, and how it keeps images: that decides how it talks to a registry. */
enum DockerFlavour {
  /** The one that the system has, with a graph driver. */
  SYSTEM(false),
  /** A newer one, with a graph driver. */
  NEWER(false),
  /** A newer one, with the image store of containerd. */
  NEWER_CONTAINERD(true);

  private final boolean containerdStore;

  DockerFlavour(boolean containerdStore) {
    this.containerdStore = containerdStore;
  }

  boolean hasContainerdStore() {
    return containerdStore;
  }

  String require(String program) {
    return this == SYSTEM ? Tools.requireSystem(program) : Tools.require(program, newer());
  }

  /** Where the engine finds its own containerd before that of the system. */
  String path() {
    String system = "/usr/sbin:/usr/bin:/sbin:/bin";
    return this == SYSTEM ? system : newer().get(0) + ":" + newer().get(1) + ":" + system;
  }

  private static List<Path> newer() {
    Path usr = Tools.folder().resolve("docker/usr");
    return List.of(usr.resolve("bin"), usr.resolve("sbin"));
  }
}
