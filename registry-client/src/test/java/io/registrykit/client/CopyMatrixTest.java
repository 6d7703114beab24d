package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.Copier;
import io.registrykit.CopyListener;
import io.registrykit.CopyPlan;
import io.registrykit.CopyReport;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.client.testing.ForeignRegistry;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.server.jdk.RegistryServer;
import io.registrykit.store.memory.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies between our registry and those of others, in every direction. */
class CopyMatrixTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final RepositoryName COPY = new RepositoryName("team/copy");
  private static final RepositoryName TOOL = new RepositoryName("team/tool");
  private static final Tag V1 = new Tag("v1");
  private static final int LAYER = 200_000;
  private static final PageRequest TEN = PageRequest.first(10);

  @TempDir Path folder;

  /** Whose registry. */
  enum Kind {
    OURS,
    DISTRIBUTION,
    CRANE,
    OLAREG
  }

  /** A registry that runs for one test. */
  private record Running(String host, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }

  private Running start(Kind kind, String name) throws Exception {
    if (kind == Kind.OURS) {
      EmbeddedRegistry registry = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
      RegistryServer server =
          RegistryServer.builder(
                  RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build())
              .port(0)
              .start();
      return new Running("127.0.0.1:" + server.port(), server::close);
    }
    ForeignRegistry foreign =
        ForeignRegistry.start(
            ForeignRegistry.Kind.valueOf(kind.name()), Files.createDirectory(folder.resolve(name)));
    return new Running(foreign.host(), foreign::close);
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    "OURS, OURS",
    "OURS, DISTRIBUTION",
    "OURS, CRANE",
    "DISTRIBUTION, OURS",
    "DISTRIBUTION, DISTRIBUTION",
    "DISTRIBUTION, CRANE",
    "CRANE, OURS",
    "CRANE, DISTRIBUTION",
    "CRANE, CRANE",
    "OURS, OLAREG",
    "OLAREG, OURS",
    "OLAREG, DISTRIBUTION"
  })
  void aWholeGraphGoesStraightFromOneToTheOther(Kind from, Kind to) throws Exception {
    try (Running one = start(from, "one");
        Running two = start(to, "two");
        RegistryClient client =
            RegistryClient.builder().insecure(one.host()).insecure(two.host()).build()) {
      RemoteRepository source = client.registry(one.host()).repository(APP);
      RawManifest index = SampleGraph.index(source, 1, List.of("amd64", "arm64"), Set.of(V1));
      RawManifest sbom = SampleGraph.referrer(source, 50, index, Set.of());
      Tag cosign = new Tag("sha256-" + index.digest().hex() + ".sig");
      RawManifest signature = SampleGraph.image(source, 60, 10, Set.of(cosign));
      RemoteRepository target = client.registry(two.host()).repository(COPY);
      Copier copier = Copier.builder().referrers(true).build();

      CopyPlan plan = copier.plan(source, V1, target);
      assertThat(plan.blobs())
          .extracting(CopyPlan.Blob::action)
          .containsOnly(CopyPlan.Action.TRANSFER);
      copier.copy(source, V1, target, Set.of(V1));

      assertThat(copier.plan(source, V1, target).bytesToTransfer()).isZero();
      assertThat(target.manifest(V1)).contains(index);
      assertThat(target.manifest(cosign)).contains(signature);
      assertThat(target.referrers(index.digest(), null, TEN).items())
          .extracting(Descriptor::digest)
          .containsExactly(sbom.digest());
    }
  }

  /** Counts how often the layer was read from its start. */
  private static final class Readings implements CopyListener {
    private final AtomicInteger ofLayers = new AtomicInteger();
    private final AtomicLong position = new AtomicLong(Long.MAX_VALUE);

    @Override
    public void onBlob(Digest digest, long bytes, long total) {
      if (total == LAYER && bytes < total && bytes <= position.getAndSet(bytes)) {
        ofLayers.incrementAndGet();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSeveralRepositoriesHaveIsReadOnce(Kind kind) throws Exception {
    EmbeddedRegistry source = EmbeddedRegistry.builder().store(MemoryStore.create()).build();
    SampleGraph.image(source.repository(APP), 1, LAYER, Set.of(V1, new Tag("latest")));
    RawManifest tool = SampleGraph.image(source.repository(TOOL), 1, LAYER, Set.of(V1));
    Readings readings = new Readings();
    try (Running running = start(kind, "one");
        RegistryClient client = RegistryClient.builder().insecure(running.host()).build()) {
      RemoteRegistry target = client.registry(running.host());
      CopyReport report = Copier.builder().listener(readings).build().copyAll(source, target);
      assertThat(report).isEqualTo(new CopyReport(2, 2, 3));
      assertThat(readings.ofLayers).hasValue(1);
      assertThat(target.repository(TOOL).manifest(V1)).contains(tool);
      assertThat(target.repository(APP).tags(TEN).items()).containsExactly(new Tag("latest"), V1);

      RemoteRepository copy = target.repository(COPY);
      CopyPlan plan = Copier.builder().build().plan(target.repository(APP), V1, copy);
      assertThat(plan.blobs())
          .extracting(CopyPlan.Blob::action)
          .doesNotContain(CopyPlan.Action.TRANSFER);
      Copier.builder().listener(readings).build().copyAll(target.repository(APP), copy);
      assertThat(copy.manifest(V1)).contains(tool);
      if (kind != Kind.CRANE) { // it may forget what to mount, and is sent the blob then
        assertThat(readings.ofLayers).hasValue(1);
      }
    }
  }
}
