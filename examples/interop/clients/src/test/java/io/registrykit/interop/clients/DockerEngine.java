package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A dockerd of its own in a folder, without a network, and the docker that talks to it. */
final class DockerEngine implements AutoCloseable {
  private final Daemon daemon;
  private final Command docker;
  private final Path containerdSocket;

  private DockerEngine(Daemon daemon, Command docker, Path containerdSocket) {
    this.daemon = daemon;
    this.docker = docker;
    this.containerdSocket = containerdSocket;
  }

  static DockerEngine start(DockerFlavour flavour, Path folder) throws IOException {
    return start(flavour, folder, Map.of());
  }

  static DockerEngine start(DockerFlavour flavour, Path folder, Map<String, String> environment)
      throws IOException {
    String program = flavour.require("docker");
    String dockerd = flavour.require("dockerd");
    Path configuration = folder.resolve("daemon.json");
    Files.writeString(
        configuration,
        "{\"features\":{\"containerd-snapshotter\":" + flavour.hasContainerdStore() + "}}");
    Path socket = folder.resolve("docker.sock");
    Path exec = folder.resolve("exec");
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", flavour.path());
    Daemon daemon =
        Daemon.start(
            folder,
            all,
            dockerd,
            "--config-file=" + configuration,
            "--iptables=false",
            "--ip6tables=false",
            "--bridge=none",
            "--storage-driver=" + (flavour.hasContainerdStore() ? "native" : "vfs"),
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + exec,
            "--pidfile=" + folder.resolve("dockerd.pid"),
            "--host=unix://" + socket);
    Command docker =
        Command.in(folder, program)
            .env("DOCKER_HOST", "unix://" + socket)
            .env("DOCKER_CONFIG", folder.resolve("client").toString())
            .env("DOCKER_BUILDKIT", "0")
            .env("DOCKER_CLI_EXPERIMENTAL", "enabled");
    daemon.await(() -> docker.attempt("version").exit() == 0, Duration.ofSeconds(60));
    return new DockerEngine(daemon, docker, exec.resolve("containerd/containerd.sock"));
  }

  Command docker() {
    return docker;
  }

  /** The socket of the containerd that the engine has started. */
  Path containerdSocket() {
    return containerdSocket;
  }

  /** Forgets every image, so that the next pull has to fetch. */
  void forgetImages() {
    String ids = docker.run("images", "-q", "--no-trunc").out();
    String[] distinct = ids.lines().map(String::strip).distinct().toArray(String[]::new);
    if (distinct.length > 0) {
      docker.with("rmi", "-f").run(distinct);
    }
  }

  String log() {
    return daemon.log();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
