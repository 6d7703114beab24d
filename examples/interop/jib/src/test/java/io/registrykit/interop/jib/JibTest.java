package io.registrykit.interop.jib;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("jib-core")
@Timeout(120)
class JibTest {

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pushesImagesAndBuildsOnThem(Wire wire, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("app.txt"), "an application\n");
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      for (ImageFormat format : ImageFormat.values()) {
        String name = registry.image("jib/" + format.name().toLowerCase(Locale.ROOT));
        Jib.fromScratch()
            .addLayer(List.of(file), AbsoluteUnixPath.get("/app"))
            .setFormat(format)
            .containerize(to(name + ":v1", folder).withAdditionalTag("extra"));

        JibContainer second =
            Jib.from(RegistryImage.named(name + ":extra"))
                .addLayer(List.of(file), AbsoluteUnixPath.get("/more"))
                .setFormat(format)
                .containerize(to(registry.image("jib/second:" + format), folder));
        assertThat(second.getDigest().toString()).startsWith("sha256:");
      }
      assertThat(registry.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pushesOneImageForTwoPlatforms(Wire wire, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("app.txt"), "an application\n");
    try (LiveRegistry registry = LiveRegistry.start(wire, folder)) {
      Jib.fromScratch()
          .addLayer(List.of(file), AbsoluteUnixPath.get("/app"))
          .setPlatforms(Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux")))
          .setFormat(ImageFormat.Docker)
          .containerize(to(registry.image("jib/multi:v1"), folder));
      assertThat(registry.seen())
          .anyMatch(
              seen ->
                  seen.method().equals("PUT")
                      && seen.target().endsWith("/jib/multi/manifests/v1")
                      && seen.status() == 201)
          .noneMatch(seen -> seen.status() >= 500);
    }
  }

  private static Containerizer to(String image, Path folder) throws Exception {
    return Containerizer.to(RegistryImage.named(image))
        .setAllowInsecureRegistries(true)
        .setBaseImageLayersCache(folder.resolve("base"))
        .setApplicationLayersCache(folder.resolve("layers"));
  }
}
