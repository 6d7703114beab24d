package io.registrykit.client.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.Copier;
import io.registrykit.CopyReport;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageArchiveTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final RepositoryName TOOL = new RepositoryName("team/tool");
  private static final Tag V1 = new Tag("v1");
  private static final Tag V2 = new Tag("v2");
  private static final PageRequest TEN = PageRequest.first(10);

  @TempDir Path folder;

  private static EmbeddedRegistry memory() {
    return EmbeddedRegistry.builder().store(MemoryStore.create()).build();
  }

  private ImageArchive make(boolean tar) {
    return tar
        ? ImageArchive.createOci(folder.resolve("out.tar"))
        : ImageArchive.folder(folder.resolve("out"));
  }

  private ImageArchive open(boolean tar) {
    return ImageArchive.open(folder.resolve(tar ? "out.tar" : "out"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWholeRegistryGoesThereAndBack(boolean tar) {
    EmbeddedRegistry source = memory();
    RawManifest index =
        SampleGraph.index(source.repository(APP), 1, List.of("amd64", "arm64"), Set.of(V1, V2));
    RawManifest sbom = SampleGraph.referrer(source.repository(APP), 9, index, Set.of());
    RawManifest tool = SampleGraph.image(source.repository(TOOL), 1, 2000, Set.of(V2));
    Copier copier = Copier.builder().referrers(true).build();

    try (ImageArchive archive = make(tar)) {
      assertThat(copier.copyAll(source, archive)).isEqualTo(new CopyReport(2, 2, 3));
      archive.finish();
    }
    EmbeddedRegistry back = memory();
    try (ImageArchive archive = open(tar)) {
      assertThat(archive.repositories(PageRequest.first(1)).items()).containsExactly(APP);
      assertThat(archive.unnamed().tags(TEN).items()).isEmpty();
      assertThat(copier.copyAll(archive, back)).isEqualTo(new CopyReport(2, 2, 3));
    }
    assertThat(back.repository(APP).manifest(V1)).contains(index);
    assertThat(back.repository(APP).tags(TEN).items()).containsExactly(V1, V2);
    assertThat(back.repository(TOOL).manifest(V2)).contains(tool);
    assertThat(back.repository(APP).referrers(index.digest(), null, TEN).items())
        .extracting(Descriptor::digest)
        .containsExactly(sbom.digest());
  }

  @Test
  void anArchiveIsNotThereUntilItIsFinished() throws IOException {
    Path file = folder.resolve("out.tar");
    try (ImageArchive archive = ImageArchive.createOci(file)) {
      SampleGraph.image(archive.repository(APP), 1, 10, Set.of(V1));
      assertThat(file).doesNotExist();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertThatThrownBy(() -> ImageArchive.open(file)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void contentThatFailsLeavesNothingInTheArchive() throws IOException {
    Path file = folder.resolve("out.tar");
    byte[] good = Contents.random(1, 3000);
    Digest wrong = Contents.digest(new byte[] {1});
    RawManifest image;
    try (ImageArchive archive = ImageArchive.createOci(file)) {
      Repository app = archive.repository(APP);
      image = SampleGraph.image(app, 1, 3000, Set.of(V1));
      assertThatThrownBy(() -> app.pushBlob(Contents.content(wrong, good)))
          .isInstanceOf(InvalidContentException.class);
      byte[] other = Contents.random(2, 70_000);
      app.pushBlob(Contents.content(other));
      assertThat(read(app, Contents.digest(other))).isEqualTo(other);
      archive.finish();
    }
    try (ImageArchive archive = ImageArchive.open(file)) {
      Repository app = archive.repository(APP);
      assertThat(app.blobSize(wrong)).isEmpty();
      assertThat(read(app, Contents.digest(good))).isEqualTo(good);
      assertThat(app.manifest(V1)).contains(image);
      assertThat(archive.only()).contains(image.digest());
      assertThatThrownBy(() -> app.pushManifest(image, Set.of(V2)))
          .isInstanceOf(UnsupportedException.class);
    }
  }

  private static byte[] read(Repository repository, Digest digest) throws IOException {
    try (BlobContent blob = repository.blob(digest).orElseThrow();
        InputStream in = blob.openStream(0)) {
      return in.readAllBytes();
    }
  }

  @Test
  void theSameContentMakesTheSameArchive() throws IOException {
    for (String name : List.of("a.tar", "b.tar")) {
      try (ImageArchive archive = ImageArchive.createOci(folder.resolve(name))) {
        SampleGraph.image(archive.unnamed(), 1, 5000, Set.of(V1));
        archive.finish();
      }
    }
    assertThat(folder.resolve("a.tar")).hasSameBinaryContentAs(folder.resolve("b.tar"));
  }

  @Test
  void longDigestsHaveLongNames() throws IOException {
    Bytes content = Bytes.utf8("hello");
    Digest digest = content.digest(DigestAlgorithm.SHA512);
    Path file = folder.resolve("out.tar");
    try (ImageArchive archive = ImageArchive.createOci(file)) {
      archive.unnamed().pushBlob(digest, content.asInputStream());
      archive.finish();
    }
    assertThat(read(ImageArchive.open(file).unnamed(), digest)).isEqualTo(content.toArray());
  }

  @Test
  void namesOfOtherToolsAreUnderstood() throws IOException {
    RawManifest image = SampleGraph.image(new OciLayout(folder), 1, 10, Set.of(V1));
    Path index = folder.resolve("index.json");
    String plain = Files.readString(index);
    String quoted = "\"org.opencontainers.image.ref.name\":\"v1\"";
    Files.writeString(
        index,
        plain.replace(
            quoted, quoted + ",\"io.containerd.image.name\":\"docker.io/library/app:latest\""));
    ImageArchive containerd = ImageArchive.open(folder);
    assertThat(containerd.unnamed().manifest(V1)).contains(image);
    assertThat(containerd.repository(new RepositoryName("library/app")).manifest(new Tag("latest")))
        .contains(image);

    Files.writeString(index, plain.replace("\"v1\"", "\"localhost:5000/team/app:v2\""));
    ImageArchive podman = ImageArchive.open(folder);
    assertThat(podman.repositories(TEN).items()).containsExactly(APP);
    assertThat(podman.repository(APP).manifest(V2)).contains(image);
    assertThat(podman.repository(TOOL).manifest(V2)).isEmpty();
    assertThat(podman.unnamed().manifest(V1)).isEmpty();
  }
}
