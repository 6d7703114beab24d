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

@DisplayName("buildah")
class BuildahTest {

  @ParameterizedTest
  @EnumSource(Wire.class)
  void buildPushAndMixedIndex(Wire wire, @TempDir Path folder) throws IOException {
    Command buildah = ContainersStorage.program("buildah", folder);
    SampleImage image = SampleImage.make(folder);
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      String reach = Skopeo.reach(registry, wire);
      String oci = registry.image("team/bah:1");
      String docker = registry.image("team/bah:docker");

      String container = buildah.run("from", "scratch").lastLine();
      buildah.run("copy", container, image.rootfs().toString(), "/");
      buildah.run("config", "--cmd", "/bin/busybox", container);
      buildah.run("commit", "-q", container, oci);
      buildah.run("push", "-q", reach, oci);
      buildah.run("push", "-q", reach, "--format=v2s2", oci, "docker://" + docker);

      buildah.run("manifest", "create", "ml");
      buildah.run("manifest", "add", reach, "ml", "docker://" + oci);
      buildah.run("manifest", "add", reach, "--arch", "arm64", "ml", "docker://" + docker);
      String list = "docker://" + registry.image("team/mlist:1");
      buildah.run("manifest", "push", "-q", "--all", reach, "ml", list);

      Command skopeo = Skopeo.in(folder);
      String raw = skopeo.run("inspect", "--raw", reach, list).out();
      assertThat(raw)
          .contains("application/vnd.oci.image.manifest.v1+json")
          .contains("application/vnd.docker.distribution.manifest.v2+json");
      skopeo.run(
          "copy",
          "-q",
          "--all",
          Skopeo.source(registry, wire),
          Skopeo.target(registry, wire),
          list,
          "docker://" + registry.image("team/copyall:1"));
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }
}
