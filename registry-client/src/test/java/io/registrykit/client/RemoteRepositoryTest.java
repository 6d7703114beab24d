package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.client.testing.Contents;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against this project's own server, end to end. */
class RemoteRepositoryTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final RepositoryName OTHER = new RepositoryName("team/other");

  private RegistryServer server;
  private RegistryClient client;
  private RemoteRepository app;

  @BeforeEach
  void start() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    server =
        RegistryServer.builder(
                RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
            .port(0)
            .start();
    String host = "127.0.0.1:" + server.port();
    client = RegistryClient.builder().insecure(host).retries(RetryPolicy.none()).build();
    app = client.registry(host).repository(APP);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static RawManifest manifest(Digest config, long size, String subject) {
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
            + config
            + "\",\"size\":"
            + size
            + "},\"layers\":[]"
            + subject
            + "}";
    return RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8(text));
  }

  private RawManifest pushImage(RemoteRepository repository, Set<Tag> tags) {
    byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
    repository.pushBlob(Contents.content(config));
    RawManifest manifest = manifest(Contents.digest(config), 2, "");
    repository.pushManifest(manifest, tags);
    return manifest;
  }

  @Test
  void blobsComeBackAsTheyWent() throws Exception {
    for (int size : new int[] {0, 1, 2, 70_000, 5_000_000}) {
      byte[] bytes = Contents.random(size, size);
      Descriptor pushed = app.pushBlob(Contents.content(bytes));
      assertThat(pushed.size()).isEqualTo(size);
      assertThat(app.blobSize(pushed.digest())).hasValue(size);
      try (BlobContent blob = app.blob(pushed.digest()).orElseThrow();
          InputStream in = blob.openStream(0)) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void streamsOfUnknownLengthGoInPieces() throws Exception {
    for (int size : new int[] {0, 100, 4 * 1024 * 1024, 9_000_001}) {
      byte[] bytes = Contents.random(size + 1L, size);
      Digest digest = Contents.digest(bytes);
      assertThat(app.pushBlob(digest, new ByteArrayInputStream(bytes)).size()).isEqualTo(size);
      try (BlobContent blob = app.blob(digest).orElseThrow();
          InputStream in = blob.openStream(Math.min(size, 17))) {
        assertThat(in.readAllBytes().length).isEqualTo(size - Math.min(size, 17));
      }
    }
  }

  @Test
  void contentWithAnotherDigestIsNotStored() {
    byte[] bytes = Contents.random(1, 50_000);
    Digest wrong = Contents.digest(new byte[] {1});
    assertThatThrownBy(() -> app.pushBlob(Contents.content(wrong, bytes)))
        .isInstanceOf(InvalidContentException.class);
    assertThatThrownBy(() -> app.pushBlob(wrong, new ByteArrayInputStream(bytes)))
        .isInstanceOf(InvalidContentException.class);
    assertThat(app.blobSize(wrong)).isEmpty();
  }

  @Test
  void manifestsAndTagsDoWhatTheInterfaceSays() {
    assertThat(app.exists()).isFalse();
    assertThat(app.tags(PageRequest.first(10)).items()).isEmpty();
    RawManifest manifest = pushImage(app, Set.of(new Tag("v1"), new Tag("latest")));
    assertThat(app.exists()).isTrue();
    assertThat(app.manifest(new Tag("v1"))).contains(manifest);
    assertThat(app.manifest(manifest.digest())).contains(manifest);
    assertThat(app.describe(new Tag("latest")))
        .contains(
            new Descriptor(MediaType.OCI_MANIFEST, manifest.digest(), manifest.content().length()));
    assertThat(app.manifest(new Tag("none"))).isEmpty();
    Page<Tag> first = app.tags(PageRequest.first(1));
    assertThat(first.items()).containsExactly(new Tag("latest"));
    Page<Tag> second = app.tags(new PageRequest(1, first.next()));
    assertThat(second.items()).containsExactly(new Tag("v1"));
    assertThat(second.next()).isNull();
    app.deleteTag(new Tag("v1"));
    assertThat(app.manifest(new Tag("v1"))).isEmpty();
    app.deleteManifest(manifest.digest());
    assertThat(app.manifest(manifest.digest())).isEmpty();
    assertThatThrownBy(() -> app.deleteManifest(manifest.digest()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void missingBlobsAreAllNamed() {
    RawManifest manifest = manifest(Contents.digest(new byte[] {7}), 1, "");
    assertThatThrownBy(() -> app.pushManifest(manifest, Set.of()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("MANIFEST_BLOB_UNKNOWN");
  }

  @Test
  void blobsAreMounted() {
    RemoteRepository other = client.registry(app.registry().host()).repository(OTHER);
    byte[] bytes = Contents.random(5, 1000);
    Digest digest = app.pushBlob(Contents.content(bytes)).digest();
    assertThat(other.mountBlob(digest, APP)).isTrue();
    assertThat(other.blobSize(digest)).hasValue(1000);
    assertThat(other.mountBlob(Contents.digest(new byte[] {9}), APP)).isFalse();
    app.deleteBlob(digest);
    assertThat(app.blob(digest)).isEmpty();
  }

  @Test
  void referrersAreListed() {
    RawManifest subject = pushImage(app, Set.of(new Tag("v1")));
    RawManifest referrer =
        manifest(
            Contents.digest("{}".getBytes(StandardCharsets.UTF_8)),
            2,
            ",\"artifactType\":\"application/x.sbom\",\"subject\":{\"mediaType\":\""
                + MediaType.OCI_MANIFEST
                + "\",\"digest\":\""
                + subject.digest()
                + "\",\"size\":"
                + subject.content().length()
                + "}");
    app.pushManifest(referrer, Set.of());
    List<Descriptor> all = app.referrers(subject.digest(), null, PageRequest.first(10)).items();
    assertThat(all).extracting(Descriptor::digest).containsExactly(referrer.digest());
    MediaType none = new MediaType("application/x.none");
    assertThat(app.referrers(subject.digest(), none, PageRequest.first(10)).items()).isEmpty();
  }

  @Test
  void repositoriesAreListed() {
    pushImage(app, Set.of());
    pushImage(client.registry(app.registry().host()).repository(OTHER), Set.of());
    assertThat(app.registry().repositories(PageRequest.first(1)))
        .isEqualTo(new Page<>(List.of(APP), "team/app"));
    app.registry().ping();
  }
}
