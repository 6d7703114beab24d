package io.registrykit.client.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.BatchedWrites;
import io.registrykit.Copier;
import io.registrykit.CopyException;
import io.registrykit.CopyListener;
import io.registrykit.EmbeddedRegistry;
import io.registrykit.Repository;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.SampleGraph;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {
  private static final Tag V1 = new Tag("v1");

  @TempDir Path folder;

  private static Repository memory(String name) {
    return EmbeddedRegistry.builder()
        .store(MemoryStore.create())
        .build()
        .repository(new RepositoryName(name));
  }

  @Test
  void aGraphGoesThroughALayout() throws Exception {
    Repository source = memory("a");
    RawManifest index = SampleGraph.index(source, 1, List.of("amd64", "arm64"), Set.of(V1));
    RawManifest sbom = SampleGraph.referrer(source, 9, index, Set.of());
    Copier copier = Copier.builder().referrers(true).build();
    copier.copy(source, V1, new OciLayout(folder), Set.of(V1));

    OciLayout again = new OciLayout(folder);
    Repository back = memory("b");
    copier.copy(again, V1, back, Set.of(V1));
    assertThat(back.manifest(V1)).contains(index);
    assertThat(back.referrers(index.digest(), null, PageRequest.first(9)).items())
        .extracting(Descriptor::digest)
        .containsExactly(sbom.digest());
    assertThat(again.tags(PageRequest.first(9)).items()).containsExactly(V1);
    assertThat(Files.readString(folder.resolve("index.json"))).contains("ref.name");
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(path -> path.toString().endsWith(".new"))).isEmpty();
    }
  }

  @Test
  void tagsMoveAndGo() {
    OciLayout layout = new OciLayout(folder);
    RawManifest first = SampleGraph.image(layout, 1, 10, Set.of(V1));
    RawManifest second = SampleGraph.image(layout, 2, 10, Set.of(V1));
    assertThat(layout.manifest(V1)).contains(second);
    assertThat(layout.manifest(first.digest())).contains(first);
    layout.deleteTag(V1);
    assertThat(layout.manifest(V1)).isEmpty();
    assertThat(layout.manifest(second.digest())).contains(second);
    assertThatThrownBy(() -> layout.deleteTag(V1)).isInstanceOf(NotFoundException.class);
    layout.deleteManifest(second.digest());
    assertThat(layout.manifest(second.digest())).isEmpty();
  }

  /** Looks at the index on the disk whenever an image is copied, and stops after some. */
  private final class Watch implements CopyListener {
    private final Set<Integer> sizes = new HashSet<>();
    private final int stopAfter;
    private int images;

    Watch(int stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void onImage(RepositoryName repository, Digest manifest, Set<Tag> tags) {
      sizes.add(new OciLayout(folder).tags(PageRequest.first(10_000)).items().size());
      images++;
      if (images == stopAfter) {
        throw new IllegalStateException("enough");
      }
    }
  }

  private static Repository withTags(int count) {
    Repository source = memory("a");
    for (int i = 0; i < count; i++) {
      RawManifest image =
          RawManifest.of(
              MediaType.OCI_INDEX,
              Bytes.utf8(
                  "{\"schemaVersion\":2,\"mediaType\":\""
                      + MediaType.OCI_INDEX
                      + "\",\"manifests\":[],\"annotations\":{\"i\":\""
                      + i
                      + "\"}}"));
      source.pushManifest(image, Set.of(new Tag("t" + i)));
    }
    return source;
  }

  @Test
  void manyTagsAreWrittenInAFewIndexesEachOfThemWhole() {
    Watch watch = new Watch(-1);
    OciLayout layout = new OciLayout(folder);
    Copier.builder().listener(watch).build().copyAll(withTags(500), layout);
    assertThat(new OciLayout(folder).tags(PageRequest.first(1000)).items()).hasSize(500);
    assertThat(watch.sizes).hasSizeBetween(2, 7);

    layout.pushManifest(layout.manifest(new Tag("t1")).orElseThrow(), Set.of(V1));
    assertThat(new OciLayout(folder).manifest(V1)).isPresent();
  }

  @Test
  void whatWasCopiedBeforeAFailureIsListed() {
    Copier copier = Copier.builder().listener(new Watch(30)).build();
    Repository source = withTags(50);
    OciLayout layout = new OciLayout(folder);
    assertThatThrownBy(() -> copier.copyAll(source, layout))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new OciLayout(folder).tags(PageRequest.first(1000)).items()).hasSize(30);
  }

  @Test
  void anIndexThatCannotBeWrittenAtTheEndIsAFailureOfTheDestination() {
    BackendException failure = new BackendException(ErrorCode.UNAVAILABLE, "no space left", null);
    Repository full = endingWith(failure);
    Repository source = withTags(2);
    assertThatThrownBy(() -> Copier.builder().build().copyAll(source, full))
        .isInstanceOfSatisfying(
            CopyException.class,
            e -> assertThat(e.side()).isEqualTo(CopyException.Side.DESTINATION));
    Copier broken = Copier.builder().listener(new Watch(1)).build();
    assertThatThrownBy(() -> broken.copyAll(source, full))
        .isInstanceOf(IllegalStateException.class)
        .hasSuppressedException(failure);
  }

  /** A layout whose batches end with a failure. */
  private Repository endingWith(RuntimeException failure) {
    OciLayout layout = new OciLayout(folder);
    BatchedWrites.Batch batch =
        () -> {
          throw failure;
        };
    return (Repository)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Repository.class, BatchedWrites.class},
            (proxy, method, args) ->
                method.getName().equals("beginBatch") ? batch : method.invoke(layout, args));
  }

  @Test
  void aDeletionInABatchIsWrittenBeforeItsContentGoes() {
    OciLayout layout = new OciLayout(folder);
    RawManifest image = SampleGraph.image(layout, 1, 10, Set.of(V1));
    BatchedWrites.Batch batch = layout.beginBatch();
    try {
      SampleGraph.image(layout, 2, 10, Set.of(new Tag("v2")));
      assertThat(layout.tags(PageRequest.first(9)).items()).hasSize(2);
      assertThat(new OciLayout(folder).tags(PageRequest.first(9)).items()).containsExactly(V1);
      layout.deleteManifest(image.digest());
      assertThat(new OciLayout(folder).manifest(V1)).isEmpty();
    } finally {
      batch.close();
    }
    assertThat(new OciLayout(folder).tags(PageRequest.first(9)).items())
        .containsExactly(new Tag("v2"));
  }

  @Test
  void wrongAndDamagedContentIsRefused() throws Exception {
    OciLayout layout = new OciLayout(folder);
    assertThatThrownBy(
            () ->
                layout.pushBlob(
                    Contents.digest(new byte[] {1}), new ByteArrayInputStream(new byte[] {2})))
        .isInstanceOf(InvalidContentException.class);
    RawManifest image = SampleGraph.image(layout, 1, 10, Set.of(V1));
    Files.writeString(folder.resolve("blobs/sha256").resolve(image.digest().hex()), "{}");
    assertThatThrownBy(() -> layout.manifest(V1)).isInstanceOf(InvalidContentException.class);
  }
}
