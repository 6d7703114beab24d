package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("crane")
class CraneTest {

  @ParameterizedTest
  @EnumSource(Wire.class)
  void appendCopyValidateListDelete(Wire wire, @TempDir Path folder) throws IOException {
    SampleImage image = SampleImage.make(folder);
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      Command crane =
          Command.in(folder, Tools.require("crane"))
              .env("DOCKER_CONFIG", folder.resolve("config").toString());
      crane =
          wire == Wire.HTTP
              ? crane.with("--insecure")
              : crane.env("SSL_CERT_FILE", registry.certificate().toString());
      String one = registry.image("c/x");

      crane.run("append", "-f", image.tar().toString(), "-t", one + ":1");
      crane.run("validate", "--remote", one + ":1");
      crane.run("copy", one + ":1", registry.image("c/cp:1"));
      crane.run("mutate", one + ":1", "--label", "a=b", "-t", one + ":2");
      crane.run("tag", one + ":2", "latest");
      assertThat(crane.run("ls", one).out().lines()).containsExactly("1", "2", "latest");
      assertThat(crane.run("catalog", registry.host()).out().lines())
          .containsExactly("c/cp", "c/x");
      String digest = crane.run("digest", one + ":1").lastLine();
      assertThat(digest).isEqualTo(crane.run("digest", registry.image("c/cp:1")).lastLine());
      assertThat(crane.run("manifest", one + ":1").out()).contains("schemaVersion");
      crane.run("pull", one + ":1", "pulled.tar");
      crane.run("push", "pulled.tar", registry.image("c/pushed:1"));
      crane.run("index", "append", "-m", one + "@" + digest, "-t", registry.image("c/index:1"));
      crane.run("validate", "--remote", registry.image("c/index:1"));
      crane.run("delete", one + "@" + digest);
      assertThat(crane.attempt("manifest", one + ":1").exit()).isNotZero();
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }
}
