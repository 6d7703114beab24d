package io.registrykit.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.Command;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.SampleImage;
import io.registrykit.interop.harness.Tools;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("cosign")
class CosignTest {

  @ParameterizedTest
  @EnumSource(Wire.class)
  void signaturesAsTags(Wire wire, @TempDir Path folder) throws IOException {
    Command cosign = cosign(folder);
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      String reach = reach(wire);
      String image = signed(registry, wire, folder);

      cosign.run("sign", "--yes", "--key=cosign.key", "--tlog-upload=false", reach, image);
      verify(cosign, reach, image);

      Files.writeString(folder.resolve("predicate.json"), "{\"built\":\"here\"}");
      cosign.run(
          "attest",
          "--yes",
          "--key=cosign.key",
          "--tlog-upload=false",
          "--type=custom",
          "--predicate=predicate.json",
          reach,
          image);
      cosign.run(
          "verify-attestation",
          "--key=cosign.pub",
          "--insecure-ignore-tlog=true",
          "--type=custom",
          reach,
          image);
      assertThat(cosign.run("tree", reach, image).out()).contains(".sig", ".att");

      cosign.run("copy", reach, image, registry.image("team/copied:1"));
      verify(cosign, reach, registry.image("team/copied") + image.substring(image.indexOf('@')));
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void signaturesAsReferrers(Wire wire, @TempDir Path folder) throws IOException {
    Command cosign = cosign(folder).env("COSIGN_EXPERIMENTAL", "1");
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      String image = signed(registry, wire, folder);

      cosign.run(
          "sign",
          "--yes",
          "--key=cosign.key",
          "--tlog-upload=false",
          "--registry-referrers-mode=oci-1-1",
          reach(wire),
          image);
      cosign.run(
          "verify",
          "--key=cosign.pub",
          "--insecure-ignore-tlog=true",
          "--experimental-oci11",
          reach(wire),
          image);

      assertThat(registry.seen())
          .anyMatch(seen -> seen.target().contains("/referrers/") && seen.status() == 200)
          .noneMatch(seen -> seen.status() >= 500)
          .noneMatch(seen -> seen.method().equals("PUT") && seen.target().endsWith(".sig"));
    }
  }

  private static Command cosign(Path folder) {
    Command cosign =
        Command.in(folder, Tools.require("cosign"))
            .env("COSIGN_PASSWORD", "x")
            .env("HOME", folder.toString())
            .env("DOCKER_CONFIG", folder.resolve("config").toString());
    cosign.run("generate-key-pair");
    return cosign;
  }

  private static String reach(Wire wire) {
    return wire == Wire.HTTP ? "--allow-http-registry" : "--allow-insecure-registry";
  }

  /** An image by its digest. */
  private static String signed(LiveRegistry registry, Wire wire, Path folder) throws IOException {
    Images.pushWithSkopeo(registry, wire, SampleImage.make(folder), folder, "team/one:1");
    String digest =
        Skopeo.in(folder)
            .run(
                "inspect",
                Skopeo.reach(registry, wire),
                "--format",
                "{{.Digest}}",
                "docker://" + registry.image("team/one:1"))
            .lastLine();
    return registry.image("team/one") + "@" + digest;
  }

  private static void verify(Command cosign, String reach, String image) {
    cosign.run("verify", "--key=cosign.pub", "--insecure-ignore-tlog=true", reach, image);
  }
}
