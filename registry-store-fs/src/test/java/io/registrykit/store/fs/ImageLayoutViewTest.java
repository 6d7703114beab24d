package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.UploadSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository's folder is an image layout. */
class ImageLayoutViewTest {
  private static final RepositoryName NAME = RepositoryName.parse("team/app");
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Bytes CONFIG =
      Bytes.utf8(
          "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");

  @TempDir Path folder;

  private static void push(FileStore store) throws IOException {
    Digest config = CONFIG.digest(DigestAlgorithm.SHA256);
    try (BlobUpload upload =
        store.blobs().begin(new UploadSpec(DigestAlgorithm.SHA256, "test", NOW))) {
      upload.append(CONFIG.asInputStream());
      upload.commit(config);
    }
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
            + config
            + "\",\"size\":"
            + CONFIG.length()
            + "},\"layers\":[]}";
    RawManifest raw = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8(text));
    ManifestRecord record =
        new ManifestRecord(
            new Descriptor(MediaType.OCI_MANIFEST, raw.digest(), raw.content().length()),
            null,
            Set.of(config),
            Set.of(),
            Attributes.UNLOCKED,
            NOW,
            NOW);
    store
        .repositories()
        .commit(
            NAME,
            NOW,
            List.of(
                new Change.LinkBlob(config, CONFIG.length()),
                new Change.PutManifest(new StoredManifest(raw, record)),
                new Change.SetTag(new Tag("v1"), raw.digest(), Expected.anything())));
  }

  private Path view() {
    return folder.resolve("store/repos/team/app/_oci");
  }

  @Test
  void hasALinkForEachBlobAndATagForEachTag() throws IOException {
    try (FileStore store = FileStore.open(folder.resolve("store"))) {
      push(store);
      store.checkpoint();
      assertThat(view().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
      assertThat(view().resolve("index.json"))
          .content()
          .contains("\"org.opencontainers.image.ref.name\":\"v1\"");
      Digest config = CONFIG.digest(DigestAlgorithm.SHA256);
      Path linked = view().resolve("blobs/sha256").resolve(config.hex());
      Path pooled =
          folder
              .resolve("store/pool/sha256")
              .resolve(config.hex().substring(0, 2))
              .resolve(config.hex());
      assertThat(Files.isSameFile(linked, pooled)).isTrue();
    }
  }

  @Test
  void goesWithTheRepository() throws IOException {
    try (FileStore store = FileStore.open(folder.resolve("store"))) {
      push(store);
      store.checkpoint();
      store.repositories().commit(NAME, NOW, List.of(new Change.DeleteRepository()));
      store.checkpoint();
      assertThat(folder.resolve("store/repos")).isEmptyDirectory();
    }
  }

  @Test
  void isReadByOthersWhileTheStoreIsOpen() throws Exception {
    boolean there =
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
            .anyMatch(each -> Files.isExecutable(Path.of(each, "skopeo")));
    if (!Boolean.parseBoolean(System.getenv("REGISTRYKIT_REQUIRE_CLIENTS"))) {
      assumeTrue(there, "skopeo is not installed");
    }
    try (FileStore store = FileStore.open(folder.resolve("store"))) {
      push(store);
      store.checkpoint();
      Path copy = folder.resolve("copy");
      Process process =
          new ProcessBuilder("skopeo", "copy", "oci:" + view() + ":v1", "dir:" + copy)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("skopeo.log").toFile())
              .start();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("skopeo.log"))).isZero();
      assertThat(copy.resolve(CONFIG.digest(DigestAlgorithm.SHA256).hex()))
          .hasContent(CONFIG.toUtf8());
    }
  }

  @Test
  void takesAManifestAgainWhoseFileVanished() throws IOException {
    Path manifests = folder.resolve("store/repos/team/app/_reg/manifests/sha256");
    try (FileStore store = FileStore.open(folder.resolve("store"))) {
      push(store);
    }
    Path file;
    try (Stream<Path> files = Files.list(manifests)) {
      file = files.findFirst().orElseThrow();
    }
    Files.delete(file);
    try (FileStore store = FileStore.open(folder.resolve("store"))) {
      push(store);
    }
    assertThat(file).exists();
    assertThat(FileStore.check(folder.resolve("store"), false, found -> {}).isClean()).isTrue();
  }
}
