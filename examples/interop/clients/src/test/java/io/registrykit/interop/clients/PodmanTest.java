package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("podman")
class PodmanTest {

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pullPush(Wire wire, @TempDir Path folder) throws IOException {
    Command podman = ContainersStorage.program("podman", folder);
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      Images.pushWithSkopeo(registry, wire, SampleImage.make(folder), folder, "team/busy:v1");
      String reach = Skopeo.reach(registry, wire);
      String busy = registry.image("team/busy:v1");

      podman.run("pull", "-q", reach, busy);
      podman.run("push", "-q", reach, busy, registry.image("team/pod:1"));
      podman.run("push", "-q", reach, "--format=v2s2", busy, registry.image("team/pod:docker"));
      podman.run(
          "push",
          "-q",
          reach,
          "--format=oci",
          "--compression-format=zstd:chunked",
          busy,
          registry.image("fresh/pod:zc"));

      podman.run("rmi", "-a", "-f");
      podman.run("pull", "-q", reach, registry.image("team/pod:docker"));
      podman.run("pull", "-q", reach, registry.image("fresh/pod:zc"));
      podman
          .reading("s3cret")
          .run("login", reach, "-u", "alice", "--password-stdin", registry.host());
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }
}
