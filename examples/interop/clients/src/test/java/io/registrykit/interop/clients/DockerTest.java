package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.SeenRequest;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("docker")
class DockerTest {
  /** A server that leaves a TLS probe unanswered costs 10 s. */
  private static final Duration NO_STALL = Duration.ofSeconds(8);

  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource({
    "SYSTEM, HTTP",
    "SYSTEM, TLS",
    "NEWER, HTTP",
    "NEWER, TLS",
    "NEWER_CONTAINERD, HTTP",
    "NEWER_CONTAINERD, TLS"
  })
  void pushPullBuildRun(DockerFlavour flavour, Wire wire, @TempDir Path folder) throws IOException {
    SampleImage image = SampleImage.make(folder);
    Path engineFolder = Files.createDirectory(folder.resolve("engine"));
    try (LiveRegistry registry = LiveRegistry.start(wire, folder);
        DockerEngine engine = DockerEngine.start(flavour, engineFolder)) {
      Command docker = engine.docker();
      docker.run(
          "import",
          "-c",
          "CMD [\"/bin/busybox\",\"sh\"]",
          image.tar().toString(),
          "localtest/busy:v1");

      pushesWithoutStall(docker, registry);
      engine.forgetImages();
      docker.run("pull", "-q", registry.image("team/busy:v1"));
      assertThat(
              docker
                  .run(
                      "run",
                      "--rm",
                      "--network=none",
                      registry.image("team/busy:v1"),
                      "/bin/busybox",
                      "echo",
                      "ran")
                  .lastLine())
          .isEqualTo("ran");

      mountsIntoAnotherRepository(docker, registry);
      docker.reading("s3cret\n").run("login", "-u", "alice", "--password-stdin", registry.host());
      if (wire
          == Wire.HTTP) { // docker manifest speaks plain HTTP to 127.0.0.1, whatever it is told
        pushesList(docker, registry);
      }
      pushesWhatItBuilt(docker, registry);
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }

  private static void pushesWithoutStall(Command docker, LiveRegistry registry) {
    docker.run("tag", "localtest/busy:v1", registry.image("team/busy:v1"));
    Command.Outcome push = docker.run("push", "-q", registry.image("team/busy:v1"));
    assertThat(push.elapsed()).as(push::describe).isLessThan(NO_STALL);
  }

  private static void mountsIntoAnotherRepository(Command docker, LiveRegistry registry) {
    docker.run("tag", registry.image("team/busy:v1"), registry.image("team/other:v2"));
    docker.run("push", "-q", registry.image("team/other:v2"));
    assertThat(registry.seen())
        .filteredOn(seen -> !seen.mount().isEmpty())
        .extracting(SeenRequest::status)
        .contains(201);
  }

  private static void pushesList(Command docker, LiveRegistry registry) {
    String list = registry.image("team/multi:1");
    String child = registry.image("team/busy:v1");
    docker.run("manifest", "create", "--insecure", list, child);
    docker.run("manifest", "annotate", list, child, "--arch", "arm64");
    docker.run("manifest", "push", "--insecure", list);
  }

  private static void pushesWhatItBuilt(Command docker, LiveRegistry registry) {
    docker
        .reading("FROM " + registry.image("team/busy:v1") + "\nLABEL a=b\n")
        .run("build", "-t", registry.image("team/built:1"), "-");
    docker.run("push", "-a", "-q", registry.image("team/built"));
    docker.run("pull", "-q", registry.image("team/built:1"));
  }
}
