package io.registrykit.interop.clients;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Daemon;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A containerd of its own in a folder, and the ctr that talks to it. */
final class Containerd implements AutoCloseable {
  private final Daemon daemon;
  private final Command ctr;

  private Containerd(Daemon daemon, Command ctr) {
    this.daemon = daemon;
    this.ctr = ctr;
  }

  static Containerd start(boolean newer, Path folder) throws IOException {
    List<Path> programs =
        List.of(newer ? Tools.folder().resolve("docker/usr/bin") : Path.of("/usr/bin"));
    String containerd = Tools.require("containerd", programs);
    Path socket = folder.resolve("c.sock");
    Command ctr =
        Command.in(folder, Tools.require("ctr", programs), "-a", socket.toString(), "-n", "t");
    Path configuration = configuration(folder, socket);
    Daemon daemon =
        Daemon.start(folder, Map.of(), containerd, "--config", configuration.toString());
    daemon.await(() -> ctr.attempt("version").exit() == 0, Duration.ofSeconds(30));
    return new Containerd(daemon, ctr);
  }

  private static Path configuration(Path folder, Path socket) throws IOException {
    Path file = folder.resolve("containerd.toml");
    return Files.writeString(
        file,
        """
        version = 2
        root = "%s"
        state = "%s"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
        address = "%s"
        """
            .formatted(folder.resolve("root"), folder.resolve("state"), socket));
  }

  /** With TLS, ctr believes that 127.0.0.1 is plain unless a folder of hosts says otherwise. */
  static String[] way(LiveRegistry registry, Wire wire, Path folder) throws IOException {
    if (wire == Wire.HTTP) {
      return new String[] {"--plain-http"};
    }
    Path host = folder.resolve("hosts").resolve(registry.host());
    Files.createDirectories(host);
    Files.writeString(
        host.resolve("hosts.toml"),
        """
        server = "%s"
        [host."%s"]
        ca = "%s"
        """
            .formatted(registry.uri(), registry.uri(), registry.certificate()));
    return new String[] {"--hosts-dir", folder.resolve("hosts").toString()};
  }

  Command ctr() {
    return ctr;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
