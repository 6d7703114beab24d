package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our client writes to files, other tools read, and the other way. */
@DisplayName("folders and archives")
class ArchiveTest {
  private static final String NAME = Archives.BUSY + ":" + Archives.V1;

  @Test
  void skopeo(@TempDir Path folder) throws IOException {
    try (Archives archives = Archives.start(folder, SampleImage.make(folder))) {
      Command skopeo = Skopeo.in(folder);
      archives.exportOci("ours.tar");
      archives.exportDocker("docker.tar");
      archives.exportFolder("ours");
      skopeo.run("copy", "-q", "oci-archive:ours.tar:" + NAME, "oci-archive:s.tar:v1");
      archives.comesBack("s.tar");
      skopeo.run("copy", "-q", "docker-archive:ours.tar:" + NAME, "dir:d1");
      skopeo.run("copy", "-q", "docker-archive:docker.tar:" + NAME, "docker-archive:sd.tar:a:b");
      archives.comesBack("sd.tar");
      skopeo.run("copy", "-q", "oci:ours:v1", "oci:theirs:v1");
      archives.comesBack("theirs");
    }
  }

  @Test
  void umociUnpacks(@TempDir Path folder) throws IOException {
    SampleImage image = SampleImage.make(folder);
    try (Archives archives = Archives.start(folder, image)) {
      Path layout = archives.exportFolder("ours");
      Command umoci = Command.in(folder, Tools.require("umoci"));
      umoci.run("unpack", "--rootless", "--image", layout + ":v1", "bundle");
      assertThat(folder.resolve("bundle/rootfs/noise"))
          .hasBinaryContent(Files.readAllBytes(image.rootfs().resolve("noise")));
      archives.comesBack("ours");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours.tar", "docker.tar"})
  void podman(String name, @TempDir Path folder) throws IOException {
    try (Archives archives = Archives.start(folder, SampleImage.make(folder))) {
      Command podman = ContainersStorage.program("podman", folder);
      archives.exportOci("ours.tar");
      archives.exportDocker("docker.tar");
      podman.run("load", "-q", "-i", name);
      String loaded = podman.run("images", "--format", "{{.Repository}}:{{.Tag}}").lastLine();
      assertThat(loaded).endsWith(NAME);
      podman.run("save", "-q", "--format", "docker-archive", "-o", "saved-docker.tar", loaded);
      podman.run("save", "-q", "--format", "oci-archive", "-o", "saved-oci.tar", loaded);
      podman.run("save", "-q", "--format", "oci-dir", "-o", "saved", loaded);
      archives.comesBack("saved-docker.tar");
      archives.comesBack("saved-oci.tar");
      archives.comesBack("saved");
    }
  }

  @Test
  void buildahPulls(@TempDir Path folder) throws IOException {
    try (Archives archives = Archives.start(folder, SampleImage.make(folder))) {
      Command buildah = ContainersStorage.program("buildah", folder);
      archives.exportOci("ours.tar");
      archives.exportDocker("docker.tar");
      buildah.run("pull", "-q", "oci-archive:ours.tar:" + NAME);
      buildah.run("pull", "-q", "docker-archive:docker.tar:" + NAME);
    }
  }

  @Test
  void crane(@TempDir Path folder) throws IOException {
    try (Archives archives = Archives.start(folder, SampleImage.make(folder))) {
      Command crane = Command.in(folder, Tools.require("crane"), "--insecure");
      archives.exportDocker("docker.tar");
      crane.run("push", "docker.tar", archives.registry().image("pushed:1"));
      crane.run("validate", "--remote", archives.registry().image("pushed:1"));
      crane.run("pull", archives.registry().image(NAME), "pulled.tar");
      archives.comesBack("pulled.tar");
    }
  }

  @ParameterizedTest
  @EnumSource
  void docker(DockerFlavour flavour, @TempDir Path folder) throws IOException {
    try (Archives archives = Archives.start(folder, SampleImage.make(folder));
        DockerEngine engine =
            DockerEngine.start(flavour, Files.createDirectory(folder.resolve("e")))) {
      Command docker = engine.docker();
      for (Path archive :
          new Path[] {archives.exportDocker("d.tar"), archives.exportOci("o.tar")}) {
        docker.run("load", "-q", "-i", archive.toString());
        Command.Outcome ran =
            docker.run("run", "--rm", "--network=none", NAME, "/bin/busybox", "echo", "ran");
        assertThat(ran.lastLine()).isEqualTo("ran");
        String saved = "saved-" + archive.getFileName();
        docker.run("save", "-o", folder.resolve(saved).toString(), NAME);
        archives.comesBack(saved);
        engine.forgetImages();
      }
    }
  }
}
