package io.registrykit.client.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.client.layout.OciLayout;
import io.registrykit.client.testing.Contents;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
  private static final Platform LINUX = new Platform("linux", "amd64");
  private static final Tag V1 = new Tag("v1");

  @TempDir Path folder;

  private static Repository memory(String name) {
    return EmbeddedRegistry.builder()
        .store(MemoryStore.create())
        .build()
        .repository(new RepositoryName(name));
  }

  private Layer sample() throws IOException {
    Path app = Files.createDirectories(folder.resolve("app"));
    Files.writeString(app.resolve("b.txt"), "b");
    Files.writeString(app.resolve("a-" + "x".repeat(150) + ".txt"), "a");
    Files.writeString(app.resolve("\u00e9.txt"), "e");
    return new LayerBuilder()
        .add(app, "opt/app")
        .add("bin/run", Bytes.utf8("#!/bin/sh\n"), true)
        .build(folder.resolve("layer.tar.gz"));
  }

  @Test
  void theSameFilesAreTheSameBytesEverywhere() throws IOException {
    Layer layer = sample();
    assertThat(layer.diffId().hex())
        .isEqualTo("e30ce8da911e903a3b3f57fc2f52b40de009dc61858ebf095cc80607ad4a450d");
    assertThat(layer.content().digest().hex())
        .isEqualTo("4aba5c239beb141fdffb7c8d90bafd6186b624ecf2e18fd5c6d87b48a438ed27");
  }

  @Test
  void pathsOutOfTheImageAreRefused() {
    assertThatThrownBy(() -> new LayerBuilder().add("a/../../b", Bytes.empty(), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new LayerBuilder().add("/a//./b", Bytes.empty(), false).paths())
        .containsExactly("a", "a/b");
  }

  @Test
  void anImageStandsOnAnother() throws IOException {
    Repository bases = memory("base");
    Layer layer = sample();
    Image.scratch(LINUX)
        .append(layer)
        .configure(config -> config.environment("PATH", "/bin").label("a", "1"))
        .push(bases, Set.of(V1));
    Repository apps = memory("app");
    Layer second =
        new LayerBuilder()
            .add("etc/motd", Bytes.utf8("hi"), false)
            .build(folder.resolve("second.tar.gz"));
    Image image =
        Image.from(bases, V1, LINUX)
            .append(second)
            .entrypoint("/bin/run", "now")
            .annotate("org.opencontainers.image.title", "app");
    IndexEntry pushed = image.push(apps, Set.of(V1));

    Image again = Image.from(apps, V1, LINUX);
    assertThat(again.config().diffIds()).containsExactly(layer.diffId(), second.diffId());
    assertThat(again.config().entrypoint()).containsExactly("/bin/run", "now");
    assertThat(again.config().environment()).containsExactly("PATH=/bin");
    assertThat(again.config().labels()).isEqualTo(Map.of("a", "1"));
    assertThat(again.config().history()).hasSize(2);
    assertThat(again.config()).isEqualTo(image.config());
    assertThat(apps.manifest(V1)).contains(image.manifest());
    assertThat(pushed.platform()).isEqualTo(LINUX);
  }

  @Test
  void fieldsThatNobodyKnowsSurvive() {
    ImageConfig config =
        ImageConfig.parse(
            Bytes.utf8(
                "{\"os\":\"windows\",\"os.version\":\"10.0.1\",\"x\":[1.50,true,null],"
                    + "\"config\":{\"Healthcheck\":{\"Interval\":30000000000}}}"));
    assertThat(config.label("a", "b").toString())
        .isEqualTo(
            "{\"os\":\"windows\",\"os.version\":\"10.0.1\",\"x\":[1.50,true,null],"
                + "\"config\":{\"Healthcheck\":{\"Interval\":30000000000},"
                + "\"Labels\":{\"a\":\"b\"}}}");
    assertThat(config.platform().osVersion()).isEqualTo("10.0.1");
  }

  @Test
  void anIndexHasAnImageForEachPlatform() throws IOException {
    Repository repository = memory("multi");
    Platform arm = new Platform("linux", "arm64", "v8", null, List.of());
    IndexEntry one = Image.scratch(LINUX).append(sample()).push(repository, Set.of());
    IndexEntry two = Image.scratch(arm).push(repository, Set.of());
    Indexes.push(repository, List.of(one, two), Map.of(), Set.of(V1));
    assertThat(Image.from(repository, V1, arm).config().platform()).isEqualTo(arm);
    assertThat(Image.from(repository, V1, LINUX).config().diffIds()).hasSize(1);
  }

  @Test
  void anArtifactIsAttached() {
    Repository repository = memory("attached");
    IndexEntry image = Image.scratch(LINUX).push(repository, Set.of(V1));
    MediaType spdx = new MediaType("application/spdx+json");
    Descriptor sbom =
        Artifact.of(spdx)
            .add(Contents.content("{}".getBytes(StandardCharsets.UTF_8)), spdx, "sbom.json")
            .attachTo(image.descriptor())
            .annotate("a", "b")
            .push(repository, Set.of());
    List<Descriptor> referrers =
        repository.referrers(image.descriptor().digest(), spdx, PageRequest.first(5)).items();
    assertThat(referrers).extracting(Descriptor::digest).containsExactly(sbom.digest());
    assertThat(referrers.get(0).annotations()).containsEntry("a", "b");
  }

  @Test
  void aLayerUnpacksToWhatItWasMadeOf() throws IOException {
    Layer layer = sample();
    Path out = Files.createDirectories(folder.resolve("out"));
    try (InputStream in = layer.content().openStream(0)) {
      new LayerUnpacker(UnpackLimits.standard()).unpack(in, out);
    }
    assertThat(out.resolve("opt/app/b.txt")).hasContent("b");
    assertThat(out.resolve("opt/app/\u00e9.txt")).hasContent("e");
    assertThat(out.resolve("bin/run")).hasContent("#!/bin/sh\n");
  }

  private interface TarContent {
    void writeTo(TarArchiveOutputStream tar) throws IOException;
  }

  private static InputStream archive(TarContent content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      content.writeTo(tar);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static void file(TarArchiveOutputStream tar, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(1);
    tar.putArchiveEntry(entry);
    tar.write('x');
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte kind)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @Test
  void anArchiveThatLeadsOutOfItsFolderIsRefused() throws IOException {
    Path out = Files.createDirectories(folder.resolve("in/out"));
    LayerUnpacker unpacker = new LayerUnpacker(UnpackLimits.standard());
    List<TarContent> evil =
        List.of(
            tar -> file(tar, "../evil"),
            tar -> file(tar, "a/../../evil"),
            tar -> {
              link(tar, "up", "..", TarConstants.LF_SYMLINK);
              file(tar, "up/evil");
            },
            tar -> link(tar, "hard", "../../layer", TarConstants.LF_LINK),
            tar -> link(tar, "device", "", TarConstants.LF_CHR));
    for (TarContent content : evil) {
      InputStream archive = archive(content);
      assertThatThrownBy(() -> unpacker.unpack(archive, out))
          .isInstanceOf(InvalidContentException.class);
    }
    assertThat(folder.resolve("in/evil")).doesNotExist();
    unpacker.unpack(archive(tar -> file(tar, "/absolute")), out);
    assertThat(out.resolve("absolute")).exists();
  }

  @Test
  void aBombIsRefused() throws IOException {
    Path out = Files.createDirectories(folder.resolve("bomb"));
    InputStream bomb =
        archive(
            tar -> {
              TarArchiveEntry entry = new TarArchiveEntry("zeros", true);
              entry.setSize(64 << 20);
              tar.putArchiveEntry(entry);
              tar.write(new byte[64 << 20]);
              tar.closeArchiveEntry();
            });
    assertThatThrownBy(
            () -> new LayerUnpacker(new UnpackLimits(1 << 30, 10, 100)).unpack(bomb, out))
        .isInstanceOf(LimitException.class);
    InputStream many =
        archive(
            tar -> {
              file(tar, "a");
              file(tar, "b");
            });
    assertThatThrownBy(() -> new LayerUnpacker(new UnpackLimits(1 << 30, 1, 100)).unpack(many, out))
        .isInstanceOf(LimitException.class);
  }

  @Test
  void umociUnpacksAnImage() throws Exception {
    Path umoci = Path.of("/usr/bin/umoci");
    boolean required = Boolean.parseBoolean(System.getenv("REGISTRYKIT_REQUIRE_CLIENTS"));
    Assumptions.assumeTrue(required || Files.isExecutable(umoci), "umoci is not on this machine");
    OciLayout layout = new OciLayout(folder.resolve("oci"));
    Image.scratch(LINUX).append(sample()).entrypoint("/bin/run").push(layout, Set.of(V1));
    Process process =
        new ProcessBuilder(
                umoci.toString(),
                "unpack",
                "--rootless",
                "--image",
                folder.resolve("oci") + ":v1",
                folder.resolve("bundle").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("umoci.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("umoci.log"))).isZero();
    assertThat(folder.resolve("bundle/rootfs/opt/app/b.txt")).hasContent("b");
    assertThat(Files.readString(folder.resolve("bundle/config.json"))).contains("/bin/run");
  }
}
