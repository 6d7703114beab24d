package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.Daemon;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** containerd, the one of the system and a newer one. */
@DisplayName("ctr")
class CtrTest {

  @ParameterizedTest(name = "newer: {0}, over {1}")
  @CsvSource({"false, HTTP", "false, TLS", "true, HTTP", "true, TLS"})
  void pullPush(boolean newer, Wire wire, @TempDir Path folder) throws IOException {
    List<Path> programs =
        List.of(newer ? Tools.folder().resolve("docker/usr/bin") : Path.of("/usr/bin"));
    String containerd = Tools.require("containerd", programs);
    Path socket = folder.resolve("c.sock");
    Command ctr =
        Command.in(folder, Tools.require("ctr", programs), "-a", socket.toString(), "-n", "t");
    Path configuration = configuration(folder, socket);
    try (LiveRegistry registry = LiveRegistry.start(wire, folder);
        Daemon daemon =
            Daemon.start(folder, Map.of(), containerd, "--config", configuration.toString())) {
      Images.pushWithSkopeo(registry, wire, SampleImage.make(folder), folder, "team/busy:v1");
      daemon.await(() -> ctr.attempt("version").exit() == 0, Duration.ofSeconds(30));

      String[] way = way(registry, wire, folder);
      ctr.with("images", "pull", "--snapshotter", "native")
          .with(way)
          .run("--all-platforms", registry.image("team/busy:v1"));
      ctr.with("images", "push")
          .with(way)
          .run(registry.image("team/ctr:1"), registry.image("team/busy:v1"));
      // What was pulled from one repository is mounted into the next.
      ctr.with("images", "tag").run(registry.image("team/busy:v1"), registry.image("team/ctr2:1"));
      ctr.with("images", "push").with(way).run(registry.image("team/ctr2:1"));
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
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
  private static String[] way(LiveRegistry registry, Wire wire, Path folder) throws IOException {
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
}
