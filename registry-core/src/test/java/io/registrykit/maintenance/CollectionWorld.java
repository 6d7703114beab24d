package io.registrykit.maintenance;

import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.error.BackendException;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A registry with a past, and some who are about to act on it: the collector and people. Used by
 * one thread at a time.
 */
final class CollectionWorld {
  private static final PageRequest ALL = PageRequest.first(1000);

  /** What was acknowledged to somebody and not deleted by anybody. */
  final Set<String> acknowledged = new TreeSet<>();

  private final TestRegistry setup = new TestRegistry();
  private final Mutant mutant;
  private final List<Turns.Actor> actors = new ArrayList<>();
  private final Map<Digest, Instant> touches = new TreeMap<>();

  CollectionWorld(Mutant mutant) {
    this.mutant = mutant;
  }

  /** The registry before anybody acts. */
  TestRegistry past() {
    return setup;
  }

  List<Turns.Actor> actors() {
    return actors;
  }

  private RegistryStore storeOf(Turns.Actor actor) {
    return new SteppedStore(setup.store, setup.clock, actor, mutant, touches).asStore();
  }

  /** Adds a collector. */
  CollectionWorld collector(RetentionPolicy retention) {
    actors.add(
        new Turns.Actor(
            "collector",
            actor ->
                GarbageCollector.builder(storeOf(actor))
                    .clock(new SeenClock(setup.clock, actor))
                    .retention(retention)
                    .build()
                    .collect()));
    return this;
  }

  /** Adds somebody who does something in a repository. */
  CollectionWorld person(
      String what, String repository, BiConsumer<CollectionWorld, EmbeddedRepository> deeds) {
    actors.add(
        new Turns.Actor(
            what,
            actor ->
                deeds.accept(
                    this,
                    EmbeddedRegistry.builder()
                        .store(storeOf(actor))
                        .clock(new SeenClock(setup.clock, actor))
                        .build()
                        .repository(RepositoryName.parse(repository)))));
    return this;
  }

  /** Adds a clock that jumps ahead, at any moment. */
  CollectionWorld jump(Duration ahead) {
    actors.add(new Turns.Actor("clock", actor -> setup.clock.advance(ahead)));
    return this;
  }

  /** Pushes a blob; false when the registry says that it has to be pushed again. */
  boolean push(EmbeddedRepository repository, String blob) {
    try {
      pushBlob(repository, blob);
      return true;
    } catch (BackendException deletedMeanwhile) {
      return false;
    }
  }

  /** Pushes an image of one blob, which may be refused. */
  void pushImage(EmbeddedRepository repository, String blob, String... tags) {
    pushManifest(repository, image(List.of(blob), ""), tags);
  }

  /** Pushes a manifest, which may be refused. */
  void pushManifest(EmbeddedRepository repository, RawManifest manifest, String... tags) {
    try {
      repository.pushManifest(manifest, TestRegistry.tags(tags));
      acknowledged.add(repository.name() + "@" + manifest.digest());
    } catch (InvalidContentException | NotFoundException refused) {
      return;
    }
  }

  /** All that decides how it goes on, but what the actors have seen. */
  String state() {
    try {
      StringBuilder all = new StringBuilder(setup.clock.instant() + " " + touches + acknowledged);
      RepositoryStore names = setup.store.repositories();
      for (RepositoryName name : names.repositories(ALL).items()) {
        all.append(name)
            .append(names.blobLinks(name, ALL).items())
            .append(names.manifests(name, ALL).items())
            .append(names.tags(name, ALL).items());
      }
      return all.append(stored()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<Digest> stored() throws IOException {
    Set<Digest> stored = new TreeSet<>();
    setup.store.blobs().forEach(stored::add);
    return stored;
  }

  /** The laws, when all have acted; afterwards nobody acts any more. */
  void check() {
    try {
      checkNothingIsMissing();
      setup.clock.advance(Duration.ofDays(9));
      for (int i = 0; i < 2; i++) {
        GarbageCollector.builder(setup.store).clock(setup.clock).build().collect();
      }
      Set<Digest> named = checkNothingIsMissing();
      assertThat(stored()).as("stored after two collections").isEqualTo(named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<Digest> checkNothingIsMissing() throws IOException {
    RepositoryStore names = setup.store.repositories();
    Set<Digest> named = new TreeSet<>();
    Set<String> manifests = new HashSet<>();
    for (RepositoryName name : names.repositories(ALL).items()) {
      for (BlobLink link : names.blobLinks(name, ALL).items()) {
        assertThat(setup.store.blobs().size(link.digest())).as("%s in %s", link, name).isPresent();
      }
      for (ManifestRecord manifest : names.manifests(name, ALL).items()) {
        manifests.add(name + "@" + manifest.digest());
        named.addAll(manifest.blobs());
        for (Digest blob : manifest.blobs()) {
          assertThat(names.blobLink(name, blob)).as("%s needs %s", manifest, blob).isPresent();
        }
        for (Digest child : manifest.manifests()) {
          assertThat(names.manifest(name, child)).as("%s needs %s", manifest, child).isPresent();
        }
      }
    }
    assertThat(manifests).as("acknowledged manifests").containsAll(acknowledged);
    return named;
  }
}
