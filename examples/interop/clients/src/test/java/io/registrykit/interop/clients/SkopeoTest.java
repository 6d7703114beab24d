package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** skopeo, and umoci, which makes what skopeo pushes. */
@DisplayName("skopeo and umoci")
class SkopeoTest {
  /** A server that leaves a TLS probe unanswered costs 10 s. */
  private static final Duration NO_STALL = Duration.ofSeconds(8);

  @ParameterizedTest
  @EnumSource(Wire.class)
  void copyListInspectDeleteSync(Wire wire, @TempDir Path folder) throws IOException {
    Path layout = Images.layout(SampleImage.make(folder), folder);
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      Command skopeo = Skopeo.in(folder);
      String from = Skopeo.source(registry, wire);
      String to = Skopeo.target(registry, wire);
      String reach = Skopeo.reach(registry, wire);
      String oci = "oci:" + layout + ":1";
      String team = "docker://" + registry.image("team/");

      Command.Outcome push = skopeo.run("copy", "-q", to, oci, team + "umoci:1");
      assertThat(push.elapsed()).as(push::describe).isLessThan(NO_STALL);

      skopeo.run("copy", "-q", from, "--all", team + "umoci:1", "oci:lay:1");
      skopeo.run("copy", "-q", to, "--all", "oci:lay:1", team + "fromoci:1");
      skopeo.run("copy", "-q", from, team + "umoci:1", "dir:d");
      skopeo.run("copy", "-q", to, "dir:d", team + "fromdir:1");
      skopeo.run("copy", "-q", from, to, "--all", team + "umoci:1", team + "copyall:1");
      skopeo.run("copy", "-q", to, "--format", "v2s2", "oci:lay:1", team + "conv:1");
      skopeo.run("copy", "-q", to, "--preserve-digests", "--all", "oci:lay:1", team + "pres:1");
      assertThat(digest(skopeo, reach, team + "pres:1"))
          .isEqualTo(digest(skopeo, reach, team + "umoci:1"));

      assertThat(skopeo.run("list-tags", reach, team + "conv").out()).contains("\"1\"");
      assertThat(skopeo.run("inspect", reach, "--raw", team + "conv:1").out())
          .contains("application/vnd.docker.distribution.manifest.v2+json");
      skopeo.run(
          "sync", from, "--src", "docker", "--dest", "dir", registry.image("team/conv"), "s");
      skopeo.run("sync", to, "--src", "dir", "--dest", "docker", "s", registry.image("synced"));
      skopeo.run("inspect", reach, "docker://" + registry.image("synced/conv:1"));
      skopeo.run("delete", reach, team + "conv:1");
      assertThat(skopeo.attempt("inspect", reach, team + "conv:1").exit()).isNotZero();
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }

  private static String digest(Command skopeo, String reach, String image) {
    return skopeo.run("inspect", reach, "--format", "{{.Digest}}", image).lastLine();
  }
}
