package io.registrykit.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRepository;
import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RegistryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A registry over some weeks: people act at random, also between any two calls that a collection
 * makes to its store. Fails with an {@link AssertionError} when a law is broken. Not safe for use
 * by several threads at once.
 */
final class CollectionSimulation {
  private static final int COLLECTIONS = 6;
  private static final PageRequest ALL = PageRequest.first(10_000);

  private final TestRegistry setup = new TestRegistry();
  private final Random random;
  private final SimulatedUsers users;
  private final Mutant mutant;
  private final RetentionPolicy retention;

  CollectionSimulation(long seed, Mutant mutant) {
    // The first numbers of neighbouring seeds are alike unless these are spread.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.users = new SimulatedUsers(setup, random);
    this.mutant = mutant;
    this.retention =
        random.nextBoolean()
            ? RetentionPolicy.keepAll()
            : RetentionPolicy.deleteUntaggedAfter(Duration.ofHours(random.nextInt(72)));
  }

  void run() throws IOException {
    for (int i = 0; i < COLLECTIONS; i++) {
      for (int action = random.nextInt(40); action > 0; action--) {
        users.act();
      }
      collect(new InterleavedStore(setup.store, this::sometimesAct, mutant).asStore());
      checkNothingIsMissing();
    }
    setup.clock.advance(Duration.ofDays(9));
    collect(setup.store);
    collect(setup.store);
    checkNothingIsMissing();
    checkNothingIsLeft();
  }

  private void sometimesAct() {
    for (int action = random.nextInt(4); action > 0; action--) {
      users.act();
    }
  }

  private void collect(RegistryStore store) {
    GarbageCollector collector =
        GarbageCollector.builder(store).clock(setup.clock).retention(retention).build();
    assertThat(collector.collect().complete()).isTrue();
  }

  /** Everything that was acknowledged and not deleted by anybody is there. */
  private void checkNothingIsMissing() throws IOException {
    for (Map.Entry<String, SimulatedUsers.Expectation> entry : users.expectations.entrySet()) {
      EmbeddedRepository repository = setup.repository(entry.getKey());
      entry.getValue().tags.forEach((tag, digest) -> checkTag(repository, tag, digest));
      if (retention.untagged().isEmpty()) {
        for (Digest manifest : entry.getValue().manifests) {
          assertThat(repository.describe(manifest)).as("manifest %s", manifest).isPresent();
        }
      }
      for (ManifestRecord manifest : manifests(entry.getKey())) {
        checkBlobs(repository, manifest);
      }
    }
  }

  private static void checkTag(EmbeddedRepository repository, Tag tag, Digest digest) {
    assertThat(repository.describe(tag))
        .as("%s:%s", repository.name(), tag)
        .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(digest));
  }

  private static void checkBlobs(EmbeddedRepository repository, ManifestRecord manifest) {
    for (Digest blob : manifest.blobs()) {
      assertThat(repository.blobSize(blob))
          .as("blob %s of %s in %s", blob, manifest.digest(), repository.name())
          .isPresent();
    }
  }

  /** After two collections nothing is stored that nobody needs. */
  private void checkNothingIsLeft() throws IOException {
    Set<Digest> linked = new HashSet<>();
    for (String name : users.expectations.keySet()) {
      Set<Digest> named = new HashSet<>();
      List<ManifestRecord> manifests = manifests(name);
      manifests.forEach(manifest -> named.addAll(manifest.blobs()));
      Set<Digest> links = new HashSet<>();
      for (BlobLink link : setup.store.repositories().blobLinks(name(name), ALL).items()) {
        links.add(link.digest());
      }
      assertThat(links).as("blobs of %s", name).isEqualTo(named);
      linked.addAll(links);
      if (retention.untagged().isPresent()
          && setup.store.repositories().tags(name(name), ALL).items().isEmpty()) {
        assertThat(manifests).as("manifests of %s, which has no tag", name).isEmpty();
      }
    }
    Set<Digest> stored = new HashSet<>();
    setup.store.blobs().forEach(stored::add);
    assertThat(stored).as("stored blobs").isEqualTo(linked);
  }

  private List<ManifestRecord> manifests(String name) throws IOException {
    return setup.store.repositories().manifests(name(name), ALL).items();
  }

  private static RepositoryName name(String name) {
    return RepositoryName.parse(name);
  }
}
