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
import org.junit.jupiter.params.provider.CsvSource;

/** containerd, the one of the system and a newer one. */
@DisplayName("ctr")
class CtrTest {

  @ParameterizedTest(name = "newer: {0}, over {1}")
  @CsvSource({"false, HTTP", "false, TLS", "true, HTTP", "true, TLS"})
  void pullPush(boolean newer, Wire wire, @TempDir Path folder) throws IOException {
    try (LiveRegistry registry = LiveRegistry.start(wire, folder);
        Containerd containerd = Containerd.start(newer, folder)) {
      Command ctr = containerd.ctr();
      Images.pushWithSkopeo(registry, wire, SampleImage.make(folder), folder, "team/busy:v1");

      String[] way = Containerd.way(registry, wire, folder);
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
}
