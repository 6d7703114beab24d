package io.registrykit.internal.embedded;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.event.RegistryEvent;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A registry in memory with a clock of its own and a record of its events. Thread-safe. */
public final class TestRegistry {
  /** When it is. */
  public final MovableClock clock = new MovableClock();

  /** Where everything is kept. */
  public final RegistryStore store;

  /** What the sink heard. */
  public final List<RegistryEvent> events = new CopyOnWriteArrayList<>();

  /** The registry. */
  public final EmbeddedRegistry registry;

  /** A strict registry. */
  public TestRegistry() {
    this(RegistryPolicy.strict());
  }

  /** A registry with a policy. */
  public TestRegistry(RegistryPolicy policy) {
    store = MemoryStore.builder().clock(clock).build();
    registry =
        EmbeddedRegistry.builder()
            .store(store)
            .policy(policy)
            .clock(clock)
            .events(events::add)
            .build();
  }

  /** A repository by its name. */
  public EmbeddedRepository repository(String name) {
    return registry.repository(RepositoryName.parse(name));
  }

  /** The digest of a text. */
  public static Digest digest(String content) {
    return Bytes.utf8(content).digest(DigestAlgorithm.SHA256);
  }

  /** Pushes a text as a blob. */
  public static Descriptor pushBlob(EmbeddedRepository repository, String content) {
    return repository.pushBlob(digest(content), Bytes.utf8(content).asInputStream());
  }

  /** Pushes an image of the given blobs, which are pushed before. */
  public static Digest pushImage(
      EmbeddedRepository repository, List<String> blobs, String... tags) {
    blobs.forEach(blob -> pushBlob(repository, blob));
    return repository.pushManifest(image(blobs, ""), tags(tags)).digest();
  }

  /** An image whose configuration is the first of the given blobs and whose layers are the rest. */
  public static RawManifest image(List<String> blobs, String moreFields) {
    String layers =
        blobs.stream()
            .skip(1)
            .map(blob -> descriptor(MediaType.OCI_LAYER_GZIP, digest(blob), blob.length()))
            .collect(Collectors.joining(","));
    return raw(
        MediaType.OCI_MANIFEST,
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]%s}"
            .formatted(
                descriptor(MediaType.OCI_CONFIG, digest(blobs.get(0)), blobs.get(0).length()),
                layers,
                moreFields));
  }

  /** An index of the given manifests. */
  public static RawManifest index(Digest... manifests) {
    return raw(
        MediaType.OCI_INDEX,
        "{\"schemaVersion\":2,\"manifests\":[%s]}"
            .formatted(
                Arrays.stream(manifests)
                    .map(manifest -> descriptor(MediaType.OCI_MANIFEST, manifest, 1))
                    .collect(Collectors.joining(","))));
  }

  /** A field that names a subject, to go into an image. */
  public static String subject(Digest subject) {
    return ",\"subject\":" + descriptor(MediaType.OCI_MANIFEST, subject, 1);
  }

  /** A manifest of the given text. */
  public static RawManifest raw(MediaType type, String document) {
    return RawManifest.of(type, Bytes.utf8(document));
  }

  /** A descriptor as JSON. */
  public static String descriptor(MediaType type, Object digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  /** Tags by their names. */
  public static Set<Tag> tags(String... tags) {
    return Arrays.stream(tags).map(Tag::new).collect(Collectors.toSet());
  }

  /** Locks something against some uses. */
  public void lock(String repository, @Nullable Reference target, Attributes.Use... uses) {
    Set<Attributes.Use> locked = Set.of(uses);
    Attributes attributes =
        new Attributes(
            !locked.contains(Attributes.Use.DELETE),
            !locked.contains(Attributes.Use.WRITE),
            !locked.contains(Attributes.Use.READ),
            !locked.contains(Attributes.Use.LIST));
    commit(repository, new Change.SetAttributes(target, attributes));
  }

  /** Makes a commit past the rules. */
  public void commit(String repository, Change... changes) {
    try {
      CommitResult result =
          store
              .repositories()
              .commit(RepositoryName.parse(repository), clock.instant(), List.of(changes));
      if (!(result instanceof CommitResult.Applied)) {
        throw new AssertionError(result);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
