package io.registrykit.client.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.Copier;
import io.registrykit.CopyException;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.client.image.Compression;
import io.registrykit.client.image.Image;
import io.registrykit.client.image.LayerBuilder;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.RealImage;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.client.testing.Tars;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.RegistryException;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerArchiveTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final Platform LINUX = new Platform("linux", "amd64");
  private static final Tag V1 = new Tag("v1");
  private static final Tag V2 = new Tag("v2");
  private static final byte[] LAYER = Contents.random(5, 2000);

  private final Copier copier = Copier.builder().build();
  private EmbeddedRegistry registry;
  private Path file;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    file = folder.resolve("docker.tar");
  }

  private static String config(byte[] layer) {
    return "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\","
        + "\"diff_ids\":[\""
        + Contents.digest(layer)
        + "\"]}}";
  }

  private static byte[] list(String config, String names, String layer) {
    return ("[{\"Config\":\""
            + config
            + "\",\"RepoTags\":"
            + names
            + ",\"Layers\":[\""
            + layer
            + "\"]}]")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void imagesGoThereAndBackWithTheSameConfigurationAndTheSameFiles() throws IOException {
    Repository app = registry.repository(APP);
    RealImage.push(app, folder, "one", Set.of(V1));
    RealImage.push(app, folder, "two", Set.of(V2, new Tag("latest")));
    try (ImageArchive archive = ImageArchive.createDocker(file)) {
      copier.copyAll(registry, archive);
      archive.finish();
    }
    assertThat(Tars.names(file))
        .hasSize(3 + 2 + 2)
        .contains("manifest.json", "repositories")
        .filteredOn(name -> name.endsWith(".tar"))
        .hasSize(3);

    EmbeddedRegistry back = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    copier.copyAll(ImageArchive.open(file), back);
    assertThat(back.repository(APP).tags(PageRequest.first(9)).items())
        .containsExactly(new Tag("latest"), V1, V2);
    Image before = Image.from(app, V1, LINUX);
    Image after = Image.from(back.repository(APP), V1, LINUX);
    assertThat(after.config()).isEqualTo(before.config());
    assertThat(after.manifest().content().toUtf8()).contains("layer.v1.tar\"");
    assertThat(after.manifest().content().toUtf8())
        .contains(before.config().diffIds().get(1).toString());
  }

  @Test
  void everyCompressionIsTakenOffALayer() throws IOException {
    Repository app = registry.repository(APP);
    Image image = Image.scratch(LINUX);
    for (Compression compression : Compression.values()) {
      image =
          image.append(
              new LayerBuilder()
                  .compression(compression)
                  .add("of-" + compression, Bytes.utf8("content"), false)
                  .build(folder.resolve("layer" + compression)));
    }
    image.push(app, Set.of(V1));
    try (ImageArchive archive = ImageArchive.createDocker(file)) {
      copier.copyAll(registry, archive);
      archive.finish();
    }
    assertThat(Tars.names(file))
        .containsAll(
            image.config().diffIds().stream().map(digest -> digest.hex() + ".tar").toList());
    EmbeddedRegistry back = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    copier.copyAll(ImageArchive.open(file), back);
    assertThat(Image.from(back.repository(APP), V1, LINUX).config()).isEqualTo(image.config());
  }

  @Test
  void theOldFormHasFoldersAndLinks() throws IOException {
    Tars.builder()
        .file("abc.json", config(LAYER).getBytes(StandardCharsets.UTF_8))
        .folder("111/")
        .file("111/layer.tar", LAYER)
        .folder("222/")
        .link("222/layer.tar", "../111/layer.tar")
        .file("manifest.json", list("abc.json", "[\"team/app:v1\"]", "222/layer.tar"))
        .write(file);
    copier.copyAll(ImageArchive.open(file), registry);
    assertThat(registry.repository(APP).blobSize(Contents.digest(LAYER))).hasValue(2000);
    RawManifest manifest = registry.repository(APP).manifest(V1).orElseThrow();
    assertThat(manifest.content().toUtf8()).contains(Contents.digest(LAYER).toString());
  }

  @Test
  void anImageWithoutANameIsTheOnlyOne() throws IOException {
    Tars.builder()
        .file("c.json", config(LAYER).getBytes(StandardCharsets.UTF_8))
        .file("l.tar", LAYER)
        .file("manifest.json", list("c.json", "null", "l.tar"))
        .write(file);
    ImageArchive archive = ImageArchive.open(file);
    assertThat(archive.repositories(PageRequest.first(1)).items()).isEmpty();
    copier.copy(
        archive.unnamed(), archive.only().orElseThrow(), registry.repository(APP), Set.of(V1));
    assertThat(registry.repository(APP).manifest(V1)).isPresent();
  }

  @Test
  void aLayerThatIsNotWhatTheConfigurationNamesGoesNowhere() throws IOException {
    Tars.builder()
        .file("c.json", config(new byte[] {1}).getBytes(StandardCharsets.UTF_8))
        .file("l.tar", LAYER)
        .file("manifest.json", list("c.json", "[\"team/app:v1\"]", "l.tar"))
        .write(file);
    ImageArchive archive = ImageArchive.open(file);
    assertThatThrownBy(() -> copier.copyAll(archive, registry)).isInstanceOf(CopyException.class);
    assertThat(registry.repository(APP).manifest(V1)).isEmpty();
    assertThat(registry.repository(APP).blobSize(Contents.digest(LAYER))).isEmpty();
  }

  @Test
  void whatDockerCouldNotLoadIsRefused() {
    Repository app = registry.repository(APP);
    SampleGraph.index(app, 1, List.of("amd64", "arm64"), Set.of(V1));
    SampleGraph.image(app, 7, 500, Set.of(V2));
    try (ImageArchive archive = ImageArchive.createDocker(file)) {
      Repository target = archive.repository(APP);
      assertThatThrownBy(() -> copier.copy(app, V1, target, Set.of(V1)))
          .isInstanceOf(CopyException.class);
      assertThatThrownBy(() -> copier.copy(app, V2, target, Set.of(V2)))
          .hasRootCauseInstanceOf(InvalidContentException.class);
      byte[] brokenZstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3};
      assertThatThrownBy(() -> target.pushBlob(Contents.content(brokenZstd)))
          .isInstanceOf(RegistryException.class);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void brokenListsAreRefused() throws IOException {
    for (byte[] list :
        List.of(
            list("gone.json", "[]", "l.tar"),
            list("c.json", "[]", "gone"),
            list("../c.json", "[]", "l.tar"),
            "{}".getBytes(StandardCharsets.UTF_8),
            "[{}]".getBytes(StandardCharsets.UTF_8),
            "[]},{".getBytes(StandardCharsets.UTF_8))) {
      Tars.builder()
          .file("c.json", config(LAYER).getBytes(StandardCharsets.UTF_8))
          .file("l.tar", LAYER)
          .file("manifest.json", list)
          .write(file);
      assertThatThrownBy(() -> ImageArchive.open(file))
          .as(new String(list, StandardCharsets.UTF_8))
          .isInstanceOf(InvalidContentException.class);
    }
  }
}
