package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.Copier;
import io.registrykit.CopyException;
import io.registrykit.CopyListener;
import io.registrykit.CopyPlan;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.store.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopierTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final RepositoryName COPY = new RepositoryName("team/copy");
  private static final Tag V1 = new Tag("v1");

  private EmbeddedRegistry embedded;
  private RegistryServer server;
  private RegistryClient client;
  private RemoteRegistry remote;

  @BeforeEach
  void start() throws Exception {
    embedded = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    EmbeddedRegistry far = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    server =
        RegistryServer.builder(RegistryApi.builder(far).authorizer(OpenAccess.readWrite()).build())
            .port(0)
            .start();
    String host = "127.0.0.1:" + server.port();
    client = RegistryClient.builder().insecure(host).build();
    remote = client.registry(host);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aWholeGraphGoesThereAndBack() {
    Repository source = embedded.repository(APP);
    RawManifest index = SampleGraph.index(source, 1, List.of("amd64", "arm64"), Set.of(V1));
    RawManifest sbom = SampleGraph.referrer(source, 50, index, Set.of());
    Tag cosign = new Tag("sha256-" + index.digest().hex() + ".sig");
    RawManifest signature = SampleGraph.image(source, 60, 10, Set.of(cosign));
    Copier copier = Copier.builder().referrers(true).build();

    Descriptor there = copier.copy(source, V1, remote.repository(APP), Set.of(V1));
    assertThat(there.digest()).isEqualTo(index.digest());
    Repository back = embedded.repository(COPY);
    copier.copy(remote.repository(APP), V1, back, Set.of(V1));

    assertThat(back.manifest(V1)).contains(index);
    assertThat(back.manifest(cosign)).contains(signature);
    assertThat(back.referrers(index.digest(), null, PageRequest.first(10)).items())
        .extracting(Descriptor::digest)
        .containsExactly(sbom.digest());
  }

  @Test
  void aPlanSaysWhatIsThereAndWhatIsNot() {
    Repository source = embedded.repository(APP);
    RawManifest index = SampleGraph.index(source, 1, List.of("amd64", "arm64"), Set.of(V1));
    Repository destination = remote.repository(APP);
    destination.pushBlob(Contents.content(Contents.random(1, 2000)));
    Copier copier = Copier.builder().build();
    CopyPlan plan = copier.plan(source, V1, destination);
    assertThat(plan.manifests())
        .hasSize(3)
        .extracting(CopyPlan.Manifest::action)
        .containsOnly(CopyPlan.Action.TRANSFER);
    assertThat(plan.tags()).isEmpty();
    assertThat(plan.blobs()).hasSize(4);
    long manifests = plan.manifests().stream().mapToLong(one -> one.descriptor().size()).sum();
    assertThat(plan.bytesToTransfer()).isEqualTo(2000 + 2 * 10 + manifests);
    assertThat(destination.manifest(V1)).isEmpty();

    copier.copy(source, V1, destination, Set.of());
    assertThat(copier.plan(source, V1, destination).manifests())
        .extracting(CopyPlan.Manifest::action)
        .containsOnly(CopyPlan.Action.EXISTS);
    assertThat(copier.plan(source, V1, destination).bytesToTransfer()).isZero();
    assertThat(destination.manifest(index.digest())).isPresent();
  }

  @Test
  void aPlanSaysWhichTagsAreNewAndWhichMove() {
    Repository source = embedded.repository(APP);
    RawManifest image = SampleGraph.image(source, 1, 100, Set.of(V1));
    Tag cosign = new Tag("sha256-" + image.digest().hex() + ".sig");
    RawManifest signature = SampleGraph.image(source, 2, 100, Set.of(cosign));
    Repository destination = remote.repository(APP);
    RawManifest other = SampleGraph.image(destination, 3, 100, Set.of(V1));
    Tag v2 = new Tag("v2");
    Copier copier = Copier.builder().referrers(true).build();

    CopyPlan plan = copier.plan(source, V1, destination, Set.of(v2, V1));
    assertThat(plan.tags())
        .containsExactly(
            new CopyPlan.Target(cosign, Optional.empty(), signature.digest()),
            new CopyPlan.Target(V1, Optional.of(other.digest()), image.digest()),
            new CopyPlan.Target(v2, Optional.empty(), image.digest()));
    assertThat(plan.tags()).extracting(CopyPlan.Target::moves).containsExactly(false, true, false);

    copier.copy(source, V1, destination, Set.of(v2, V1));
    assertThat(copier.plan(source, V1, destination, Set.of(v2, V1)).tags())
        .noneMatch(CopyPlan.Target::moves)
        .allMatch(target -> target.before().equals(Optional.of(target.after())));
  }

  @Test
  void blobsBesideAreMounted() {
    Repository source = remote.repository(APP);
    RawManifest image = SampleGraph.image(source, 3, 5000, Set.of(V1));
    Repository destination = remote.repository(COPY);
    CopyPlan plan = Copier.builder().build().plan(source, V1, destination);
    assertThat(plan.blobs()).extracting(CopyPlan.Blob::action).containsOnly(CopyPlan.Action.MOUNT);
    Copier.builder().build().copy(source, V1, destination, Set.of(V1));
    assertThat(destination.manifest(V1)).contains(image);
  }

  @Test
  void onePlatformComesWithoutItsIndexAndSomeWithANewOne() {
    Repository source = embedded.repository(APP);
    RawManifest index =
        SampleGraph.index(source, 1, List.of("amd64", "arm64", "s390x"), Set.of(V1));
    Repository destination = remote.repository(APP);
    Descriptor one =
        Copier.builder()
            .platforms(platform -> platform.architecture().equals("arm64"))
            .build()
            .copy(source, V1, destination, Set.of(V1));
    assertThat(one.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    Descriptor two =
        Copier.builder()
            .platforms(platform -> !platform.architecture().equals("arm64"))
            .build()
            .copy(source, V1, destination, Set.of(V1));
    assertThat(two.mediaType()).isEqualTo(index.mediaType());
    assertThat(destination.manifest(index.digest())).isEmpty();
    assertThat(destination.manifest(V1).orElseThrow().content().toUtf8())
        .contains("s390x")
        .doesNotContain("arm64");
  }

  @Test
  void theSideThatFailedIsNamed() {
    Repository source = embedded.repository(APP);
    assertThatThrownBy(
            () -> Copier.builder().build().copy(source, V1, remote.repository(APP), Set.of()))
        .isInstanceOfSatisfying(
            CopyException.class, e -> assertThat(e.side()).isEqualTo(CopyException.Side.SOURCE));
    RawManifest image = SampleGraph.image(source, 3, 5000, Set.of(V1));
    server.close();
    assertThatThrownBy(
            () -> Copier.builder().build().copy(source, image.digest(), fast(), Set.of()))
        .isInstanceOfSatisfying(
            CopyException.class,
            e -> assertThat(e.side()).isEqualTo(CopyException.Side.DESTINATION));
  }

  private Repository fast() {
    RegistryClient impatient =
        RegistryClient.builder().insecure(remote.host()).retries(RetryPolicy.none()).build();
    return impatient.registry(remote.host()).repository(APP);
  }

  @Test
  void aBlobThatTheSourceLostIsItsFailure() {
    Repository source = embedded.repository(APP);
    RawManifest image = SampleGraph.image(source, 3, 5000, Set.of(V1));
    source.deleteBlob(Contents.digest(Contents.random(3, 5000)));
    assertThatThrownBy(
            () -> Copier.builder().build().copy(source, V1, remote.repository(APP), Set.of(V1)))
        .isInstanceOfSatisfying(
            CopyException.class, e -> assertThat(e.side()).isEqualTo(CopyException.Side.SOURCE));
    Optional<BlobContent> none = remote.repository(APP).blob(image.digest());
    assertThat(none).isEmpty();
    assertThat(remote.repository(APP).manifest(V1)).isEmpty();
  }

  @Test
  void bytesUnderWayAreBounded() {
    Repository source = embedded.repository(APP);
    List<String> architectures = List.of("a", "b", "c", "d", "e", "f");
    SampleGraph.index(source, 1, architectures, 100_000, Set.of(V1));
    AtomicLong most = new AtomicLong();
    Map<Digest, Long> open = new ConcurrentHashMap<>();
    CopyListener listener =
        new CopyListener() {
          @Override
          public void onBlob(Digest digest, long bytes, long total) {
            if (bytes == total) {
              open.remove(digest);
            } else {
              open.put(digest, total);
            }
            long now = open.values().stream().mapToLong(Long::longValue).sum();
            most.accumulateAndGet(now, Math::max);
          }
        };
    Copier.builder()
        .parallelism(8)
        .maxBytesInFlight(270_000)
        .listener(listener)
        .build()
        .copy(source, V1, remote.repository(APP), Set.of(V1));
    assertThat(most.get()).isBetween(1L, 270_000L);
  }
}
