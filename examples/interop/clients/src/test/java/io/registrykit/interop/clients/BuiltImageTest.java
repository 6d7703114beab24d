package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.Repository;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.image.Compression;
import io.registrykit.client.image.Image;
import io.registrykit.client.image.LayerBuilder;
import io.registrykit.client.layout.OciLayout;
import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images made by the client's image builder run where others run theirs. */
@DisplayName("built images")
class BuiltImageTest {
  private static final Tag V1 = new Tag("v1");
  private static final Tag V2 = new Tag("v2");

  @TempDir Path folder;

  /** A base with a program, and an image on it with a file that the program shows. */
  private void build(Repository repository, Compression compression) throws IOException {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    Platform platform = new Platform("linux", architecture);
    Image.scratch(platform)
        .append(
            new LayerBuilder()
                .compression(compression)
                .add(Path.of(Tools.require("busybox")), "bin/busybox")
                .build(folder.resolve("base.layer")))
        .configure(config -> config.environment("GREETING", "hello"))
        .push(repository, Set.of(V1));
    Image.from(repository, V1, platform)
        .append(
            new LayerBuilder()
                .compression(compression)
                .add("etc/motd", Bytes.utf8("from the image builder\n"), false)
                .add("bin/greet", Bytes.utf8("#!/bin/busybox sh\necho $GREETING\n"), true)
                .build(folder.resolve("top.layer")))
        .entrypoint("/bin/busybox", "sh", "-c", "/bin/greet && /bin/busybox cat /etc/motd")
        .push(repository, Set.of(V2));
  }

  @ParameterizedTest
  @EnumSource
  void podmanRunsThem(Compression compression) throws IOException {
    Command podman = ContainersStorage.program("podman", folder);
    try (LiveRegistry registry = LiveRegistry.start(Wire.HTTP, folder);
        RegistryClient client = RegistryClient.builder().insecure(registry.host()).build()) {
      RepositoryName name = new RepositoryName("team/built");
      build(client.registry(registry.host()).repository(name), compression);
      String image = registry.image("team/built:v2");
      podman.run("pull", "-q", Skopeo.reach(registry, Wire.HTTP), image);
      Command.Outcome outcome =
          podman
              .with("--runtime", Tools.require("runc"), "--cgroup-manager=cgroupfs")
              .run(
                  "run",
                  "--rm",
                  "--network=none",
                  "--ulimit=nofile=1024:1024",
                  "--ulimit=nproc=1024:1024",
                  "--security-opt=seccomp=unconfined",
                  image);
      assertThat(outcome.out()).isEqualTo("hello\nfrom the image builder\n");
    }
  }

  /** The umoci of Debian knows no zstd. */
  @Test
  void umociUnpacksAndRuncRunsThem() throws IOException {
    build(new OciLayout(folder.resolve("oci")), Compression.GZIP);
    Path bundle = folder.resolve("bundle");
    Command.in(folder, Tools.require("umoci"))
        .run("unpack", "--image", folder.resolve("oci") + ":v2", bundle.toString());
    assertThat(bundle.resolve("rootfs/etc/motd")).hasContent("from the image builder");
    Path config = bundle.resolve("config.json");
    String quiet = Files.readString(config).replace("\"terminal\": true", "\"terminal\": false");
    Files.writeString(config, quiet);
    Command.Outcome outcome =
        Command.in(bundle, Tools.require("runc"))
            .run("--root", folder.resolve("runc").toString(), "run", "registrykit-built");
    assertThat(outcome.out()).isEqualTo("hello\nfrom the image builder\n");
  }
}
