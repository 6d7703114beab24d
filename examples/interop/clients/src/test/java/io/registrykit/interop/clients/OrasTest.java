package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("oras")
class OrasTest {
  private static final String THING = "application/vnd.example.thing";
  private static final String SBOM = "application/vnd.example.sbom";

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pushPullAttachDiscoverCopyDelete(Wire wire, @TempDir Path folder) throws IOException {
    Command oras =
        Command.in(folder, Tools.require("oras"))
            .env("DOCKER_CONFIG", folder.resolve("config").toString());
    Files.writeString(folder.resolve("a.txt"), "some text\n");
    Files.writeString(folder.resolve("sbom.json"), "{\"some\":\"bill\"}\n");
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      boolean plain = wire == Wire.HTTP;
      String reach = plain ? "--plain-http" : "--ca-file=" + registry.certificate();
      String from = plain ? "--from-plain-http" : "--from-ca-file=" + registry.certificate();
      String to = plain ? "--to-plain-http" : "--to-ca-file=" + registry.certificate();
      String one = registry.image("art/one");
      String two = registry.image("art/two");

      oras.run("push", reach, one + ":v1", "--artifact-type", THING, "a.txt:text/plain");
      oras.run("pull", reach, "-o", "out", one + ":v1");
      assertThat(folder.resolve("out/a.txt")).hasContent("some text\n");

      oras.run("attach", reach, "--artifact-type", SBOM, one + ":v1", "sbom.json:application/json");
      assertThat(oras.run("discover", reach, "-o", "tree", one + ":v1").out()).contains(SBOM);
      oras.run("cp", from, to, "-r", one + ":v1", two + ":v1");
      assertThat(oras.run("discover", reach, "-o", "tree", two + ":v1").out()).contains(SBOM);

      oras.run("tag", reach, one + ":v1", "latest", "stable");
      assertThat(oras.run("repo", "tags", reach, one).out().lines())
          .containsExactly("latest", "stable", "v1");
      assertThat(oras.run("repo", "ls", reach, registry.host()).out().lines())
          .containsExactly("art/one", "art/two");

      String digest = oras.run("manifest", "fetch", reach, "--descriptor", two + ":v1").out();
      assertThat(digest).contains("sha256:");
      Files.writeString(folder.resolve("loose.txt"), "loose\n");
      oras.run("blob", "push", reach, one, "loose.txt");
      String loose = oras.run("blob", "push", reach, "--descriptor", one, "loose.txt").out();
      String looseDigest = loose.replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
      oras.run("blob", "delete", reach, "-f", one + "@" + looseDigest);
      oras.run("manifest", "delete", reach, "-f", two + ":v1");
      assertThat(oras.attempt("manifest", "fetch", reach, two + ":v1").exit()).isNotZero();
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }
}
