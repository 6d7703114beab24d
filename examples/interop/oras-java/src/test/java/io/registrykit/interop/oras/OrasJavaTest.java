package io.registrykit.interop.oras;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.interop.harness.LiveRegistry;
import io.registrykit.interop.harness.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.CopyUtils;
import land.oras.Layer;
import land.oras.LocalPath;
import land.oras.Manifest;
import land.oras.Registry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("oras-java-sdk")
@Timeout(120)
class OrasJavaTest {
  private static final ArtifactType THING = ArtifactType.from("application/vnd.example.thing");
  private static final ArtifactType SBOM = ArtifactType.from("application/vnd.example.sbom");

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pushPullAttachCopyList(Wire wire, @TempDir Path folder) throws Exception {
    LocalPath text =
        LocalPath.of(Files.writeString(folder.resolve("a.txt"), "text\n"), "text/plain");
    LocalPath bill =
        LocalPath.of(Files.writeString(folder.resolve("bill.json"), "{}\n"), "application/json");
    try (LiveRegistry live = LiveRegistry.start(wire, folder)) {
      Registry registry = client(wire, live);
      ContainerRef one = ContainerRef.parse(live.image("art/one:v1"));
      ContainerRef two = ContainerRef.parse(live.image("art/two:v1"));

      Manifest pushed =
          registry.pushArtifact(one, THING, Annotations.empty(), Config.empty(), text);
      registry.pullArtifact(one, Files.createDirectory(folder.resolve("out")), true);
      assertThat(folder.resolve("out/a.txt")).hasContent("text\n");

      registry.attachArtifact(one, SBOM, bill);
      ContainerRef byDigest = one.withDigest(pushed.getDescriptor().getDigest());
      assertThat(registry.getReferrers(byDigest, null).getManifests()).hasSize(1);
      assertThat(registry.getReferrers(byDigest, SBOM).getManifests()).hasSize(1);
      assertThat(registry.getReferrers(byDigest, THING).getManifests()).isEmpty();

      CopyUtils.copy(registry, one, registry, two, CopyUtils.CopyOptions.deep());
      assertThat(registry.getManifest(two).getDigest()).isEqualTo(pushed.getDigest());
      assertThat(
              registry
                  .getReferrers(two.withDigest(pushed.getDescriptor().getDigest()), SBOM)
                  .getManifests())
          .hasSize(1);
      assertThat(registry.getTags(one).tags()).containsExactly("v1");
      assertThat(registry.getRepositories().repositories()).containsExactly("art/one", "art/two");
      assertThat(live.seen()).noneMatch(seen -> seen.status() >= 500);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pushesBlobsAtOnceInChunksAndByMount(Wire wire, @TempDir Path folder) throws Exception {
    byte[] content = new byte[3 * 1024 * 1024 + 17];
    new Random(7).nextBytes(content);
    Path big = Files.write(folder.resolve("big"), content);
    try (LiveRegistry live = LiveRegistry.start(wire, folder)) {
      Registry registry = client(wire, live);
      ContainerRef one = ContainerRef.parse(live.image("blobs/one"));

      Layer chunked = registry.pushBlobChunked(one, big, 1 << 20);
      assertThat(fetch(registry, one.withDigest(chunked.getDigest()))).isEqualTo(content);
      byte[] small = "small".getBytes(StandardCharsets.UTF_8);
      Layer whole = registry.pushBlob(one, small);
      assertThat(registry.getBlob(one.withDigest(whole.getDigest()))).isEqualTo(small);

      ContainerRef source = one.withDigest(chunked.getDigest());
      ContainerRef target =
          ContainerRef.parse(live.image("blobs/two")).withDigest(chunked.getDigest());
      assertThat(registry.mountBlob(source, target)).isTrue();
      assertThat(fetch(registry, target)).isEqualTo(content);

      registry.deleteBlob(source);
      assertThat(fetch(registry, target)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pagesThroughTags(Wire wire, @TempDir Path folder) throws Exception {
    LocalPath text =
        LocalPath.of(Files.writeString(folder.resolve("a.txt"), "text\n"), "text/plain");
    try (LiveRegistry live = LiveRegistry.start(wire, folder)) {
      Registry registry = client(wire, live);
      for (String tag : new String[] {"a", "b", "c"}) {
        registry.pushArtifact(
            ContainerRef.parse(live.image("art/pages:" + tag)),
            THING,
            Annotations.empty(),
            Config.empty(),
            text);
      }
      ContainerRef pages = ContainerRef.parse(live.image("art/pages"));
      assertThat(registry.getTags(pages, 1, null).tags()).containsExactly("a");
      assertThat(registry.getTags(pages, 2, "a").tags()).containsExactly("b", "c");
    }
  }

  /** Not {@code getBlob}, which takes every blob for text. */
  private static byte[] fetch(Registry registry, ContainerRef blob) throws IOException {
    try (InputStream in = registry.fetchBlob(blob)) {
      return in.readAllBytes();
    }
  }

  private static Registry client(Wire wire, LiveRegistry live) {
    Registry.Builder builder = Registry.builder().defaults(live.host());
    return wire == Wire.HTTP
        ? builder.withInsecure(true).build()
        : builder.withSkipTlsVerify(true).build();
  }
}
