package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.Copier;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.ForeignRegistry;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against registries of others. */
class ForeignRegistryTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final RepositoryName COPY = new RepositoryName("team/copy");
  private static final Tag V1 = new Tag("v1");

  @TempDir Path folder;

  private static RegistryClient client(String host, boolean chunked) {
    HostOptions.Builder options = HostOptions.builder().insecure(true);
    return RegistryClient.builder()
        .host(host, chunked ? options.chunked(100_000).build() : options.build())
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void blobsGoThereAndBackInOnePieceAndInMany(ForeignRegistry.Kind kind) throws Exception {
    try (ForeignRegistry foreign = ForeignRegistry.start(kind, folder)) {
      for (boolean chunked : new boolean[] {false, true}) {
        try (RegistryClient client = client(foreign.host(), chunked)) {
          RemoteRepository app = client.registry(foreign.host()).repository(APP);
          for (int size : new int[] {0, 1, 99_999, 1_000_000}) {
            byte[] bytes = Contents.random(size + (chunked ? 7 : 0), size);
            Digest digest = Contents.digest(bytes);
            app.pushBlob(Contents.content(bytes));
            app.pushBlob(digest, new ByteArrayInputStream(bytes));
            try (BlobContent blob = app.blob(digest).orElseThrow();
                InputStream in = blob.openStream(0)) {
              assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
          }
          byte[] stream = Contents.random(99, 500_000);
          app.pushBlob(Contents.digest(stream), new ByteArrayInputStream(stream));
          assertThat(app.blobSize(Contents.digest(stream))).hasValue(500_000);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void graphsGoThereAndBackWithTheirReferrers(ForeignRegistry.Kind kind) throws Exception {
    EmbeddedRegistry embedded = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    RawManifest index =
        SampleGraph.index(embedded.repository(APP), 1, List.of("amd64", "arm64"), Set.of(V1));
    RawManifest sbom = SampleGraph.referrer(embedded.repository(APP), 50, index, Set.of());
    try (ForeignRegistry foreign = ForeignRegistry.start(kind, folder);
        RegistryClient client = client(foreign.host(), false)) {
      RemoteRegistry registry = client.registry(foreign.host());
      Copier copier = Copier.builder().referrers(true).build();
      copier.copy(embedded.repository(APP), V1, registry.repository(APP), Set.of(V1));
      copier.copy(registry.repository(APP), V1, registry.repository(COPY), Set.of(V1));
      copier.copy(registry.repository(COPY), V1, embedded.repository(COPY), Set.of(V1));
      assertThat(embedded.repository(COPY).manifest(V1)).contains(index);
      assertThat(
              registry
                  .repository(APP)
                  .referrers(index.digest(), null, PageRequest.first(10))
                  .items())
          .extracting(Descriptor::digest)
          .containsExactly(sbom.digest());
      assertThat(
              embedded
                  .repository(COPY)
                  .referrers(index.digest(), null, PageRequest.first(10))
                  .items())
          .extracting(Descriptor::digest)
          .containsExactly(sbom.digest());
      assertThat(registry.repository(APP).tags(PageRequest.first(100)).items()).contains(V1);
    }
  }
}
