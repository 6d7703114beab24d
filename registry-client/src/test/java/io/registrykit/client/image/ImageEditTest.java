package io.registrykit.client.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.RegistryPolicy;
import io.registrykit.Repository;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.testing.Backend;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.manifest.ImageIndex;
import io.registrykit.manifest.ImageManifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are changed after they were built: labels, annotations, bases, indexes. */
class ImageEditTest {
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());
  private static final Platform LINUX = new Platform("linux", "amd64");
  private static final Tag V1 = new Tag("v1");
  private static final Tag V2 = new Tag("v2");

  @TempDir Path folder;

  private static Repository memory(String name) {
    return EmbeddedRegistry.builder()
        .store(MemoryStore.create())
        .build()
        .repository(new RepositoryName(name));
  }

  private Layer layer(String content) throws IOException {
    return new LayerBuilder()
        .add("etc/" + content, Bytes.utf8(content), false)
        .build(folder.resolve(content + ".tar.gz"));
  }

  private static Platform windows(String version) {
    return new Platform("windows", "amd64", null, version, List.of("win32k"));
  }

  @Test
  void aLabelAndAnAnnotationMoveNoLayer() throws Exception {
    Backend backend = new Backend();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    RepositoryName name = new RepositoryName("team/app");
    try (MiniServer server =
            MiniServer.start(
                (request, reply) -> {
                  String blob = request.target().replaceAll(".*/blobs/uploads/.*", "upload");
                  seen.add(request.method() + " " + blob);
                  Backend.Result result = backend.handle(request, request.body());
                  reply.send(result.status(), result.headers(), result.body().toArray());
                });
        RegistryClient client = RegistryClient.builder().insecure(server.host()).build()) {
      Repository app = client.registry(server.host()).repository(name);
      Image first = Image.scratch(LINUX).append(layer("one")).append(layer("two"));
      first.push(app, Set.of(V1));
      seen.clear();
      Image.from(app, V1, LINUX)
          .configure(config -> config.label("owner", "us"))
          .annotate("org.opencontainers.image.version", "2")
          .push(app, Set.of(V2));
      assertThat(Collections.frequency(seen, "POST upload")).as("the configuration").isEqualTo(1);
      ImageManifest changed = (ImageManifest) PARSER.parse(app.manifest(V2).orElseThrow());
      ImageManifest before = (ImageManifest) PARSER.parse(app.manifest(V1).orElseThrow());
      assertThat(changed.layers()).isEqualTo(before.layers());
      assertThat(changed.annotations()).containsEntry("org.opencontainers.image.version", "2");
      assertThat(Image.from(app, V2, LINUX).config().labels()).isEqualTo(Map.of("owner", "us"));
      assertThat(Image.from(app, V1, LINUX).config().labels()).isEmpty();
    }
  }

  @Test
  void anImageMovesToAnotherBase() throws IOException {
    Repository bases = memory("base");
    Image.scratch(windows("10.0.1"))
        .append(layer("old"))
        .configure(config -> config.environment("BASE", "old"))
        .push(bases, Set.of(V1));
    Image.scratch(windows("10.0.2"))
        .append(layer("new"))
        .append(layer("newer"))
        .push(bases, Set.of(V2));
    Repository apps = memory("app");
    Image oldBase = Image.from(bases, V1, windows("10.0.1"));
    Image newBase = Image.from(bases, V2, windows("10.0.2"));
    oldBase.append(layer("app")).entrypoint("run").push(apps, Set.of(V1));

    Repository moved = memory("moved");
    Image.from(apps, V1, windows("10.0.1")).rebase(oldBase, newBase).push(moved, Set.of(V1));

    Image result = Image.from(moved, V1, windows("10.0.2"));
    assertThat(result.config().diffIds())
        .containsExactly(layer("new").diffId(), layer("newer").diffId(), layer("app").diffId());
    assertThat(result.config().platform()).isEqualTo(windows("10.0.2"));
    assertThat(result.config().entrypoint()).containsExactly("run");
    assertThat(result.config().history()).hasSize(3);
    assertThatThrownBy(() -> result.rebase(oldBase, newBase))
        .isInstanceOf(InvalidContentException.class);
    Image notYetPushed = oldBase.append(layer("late"));
    assertThat(notYetPushed.rebase(oldBase, newBase).config().diffIds()).hasSize(3);
  }

  @Test
  void anIndexOfWindowsImagesIsChosenFromByVersion() {
    Repository repository = memory("windows");
    List<IndexEntry> entries = new ArrayList<>();
    for (String version : List.of("10.0.17763.1", "10.0.20348.2")) {
      entries.add(Image.scratch(windows(version)).push(repository, Set.of()));
    }
    entries.add(Image.scratch(LINUX).push(repository, Set.of()));
    Descriptor pushed = Indexes.push(repository, entries, Map.of("a", "b"), Set.of(V1));
    RawManifest raw = repository.manifest(V1).orElseThrow();
    ImageIndex index = (ImageIndex) PARSER.parse(raw);
    assertThat(raw.digest()).isEqualTo(pushed.digest());
    assertThat(index.annotations()).isEqualTo(Map.of("a", "b"));
    assertThat(index.manifests().get(1).platform()).isEqualTo(windows("10.0.20348.2"));
    assertThat(raw.content().toUtf8())
        .contains("\"os.version\":\"10.0.20348.2\"", "\"os.features\":[\"win32k\"]");
    assertThat(Image.from(repository, V1, windows("10.0.20348.2")).config().platform())
        .isEqualTo(windows("10.0.20348.2"));
    assertThatThrownBy(() -> Image.from(repository, V1, windows("10.0.9")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aDockerImageStaysOneAndTakesNoZstd() throws IOException {
    Repository repository = memory("docker");
    RawManifest docker = DockerImage.push(repository, layer("base"), V1);
    Image image = Image.from(repository, V1, LINUX);
    Layer zstd =
        new LayerBuilder().compression(Compression.ZSTD).build(folder.resolve("empty.tar.zst"));
    assertThatThrownBy(() -> image.append(zstd)).isInstanceOf(UnsupportedException.class);
    image.append(layer("top")).push(repository, Set.of(V2));
    RawManifest pushed = repository.manifest(V2).orElseThrow();
    assertThat(pushed.mediaType()).isEqualTo(docker.mediaType());
    assertThat(((ImageManifest) PARSER.parse(pushed)).layers())
        .hasSize(2)
        .allMatch(one -> one.descriptor().orElseThrow().mediaType().equals(MediaType.DOCKER_LAYER));
  }

  /** An image as docker pushes it. */
  private static final class DockerImage {
    static RawManifest push(Repository repository, Layer layer, Tag tag) {
      Bytes config = Image.scratch(LINUX).append(layer).config().toJson();
      Descriptor pushed =
          repository.pushBlob(
              config.digest(io.registrykit.model.DigestAlgorithm.SHA256), config.asInputStream());
      repository.pushBlob(layer.content());
      RawManifest manifest =
          ManifestWriter.manifest(
              MediaType.DOCKER_MANIFEST,
              null,
              new Descriptor(MediaType.DOCKER_CONFIG, pushed.digest(), pushed.size()),
              List.of(
                  new Descriptor(
                      MediaType.DOCKER_LAYER, layer.content().digest(), layer.content().size())),
              null,
              Map.of());
      repository.pushManifest(manifest, Set.of(tag));
      return manifest;
    }
  }
}
