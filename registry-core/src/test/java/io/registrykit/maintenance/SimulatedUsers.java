package io.registrykit.maintenance;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.index;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static io.registrykit.internal.embedded.TestRegistry.subject;

import io.registrykit.EmbeddedRepository;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * People who push, mount, tag and delete at random, and what was acknowledged to them. Not safe for
 * use by several threads at once.
 */
final class SimulatedUsers {
  private static final int CONTENTS = 6;

  /** What a repository has to have. */
  static final class Expectation {
    final Map<Tag, Digest> tags = new TreeMap<>();
    final Set<Digest> manifests = new TreeSet<>();
  }

  final Map<String, Expectation> expectations = new TreeMap<>();

  private final TestRegistry setup;
  private final Random random;

  SimulatedUsers(TestRegistry setup, Random random) {
    this.setup = setup;
    this.random = random;
    for (String name : List.of("a", "b/c", "d")) {
      expectations.put(name, new Expectation());
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String content() {
    return "content" + random.nextInt(CONTENTS);
  }

  private Set<Tag> maybeTag() {
    return random.nextBoolean() ? Set.of() : Set.of(new Tag("t" + random.nextInt(3)));
  }

  /** Does one thing, which may fail as a race was lost. */
  void act() {
    String name = any(List.copyOf(expectations.keySet()));
    EmbeddedRepository repository = setup.repository(name);
    Expectation expected = expectations.getOrDefault(name, new Expectation());
    switch (random.nextInt(17)) {
      case 0, 1 -> pushBlob(repository, content());
      case 2, 3 -> push(repository, expected, image(List.of(content(), content()), ""));
      case 4, 5 -> pushAll(repository, expected);
      case 6 ->
          repository.mountBlob(
              digest(content()), RepositoryName.parse(any(List.copyOf(expectations.keySet()))));
      case 7, 8 -> untag(repository, expected);
      case 9 -> delete(repository, expected);
      case 10, 11, 12 -> pushAgain(repository, expected);
      case 13 -> relate(repository, expected);
      case 14 -> repository.blobSize(digest(content()));
      default -> setup.clock.advance(Duration.ofHours(random.nextInt(20)));
    }
    if (random.nextInt(200) == 0) {
      deleteRepository(repository, expected);
    }
  }

  private Optional<Digest> known(Expectation expected) {
    return expected.manifests.isEmpty()
        ? Optional.empty()
        : Optional.of(any(List.copyOf(expected.manifests)));
  }

  private void pushAll(EmbeddedRepository repository, Expectation expected) {
    String config = content();
    String layer = content();
    pushBlob(repository, config);
    pushBlob(repository, layer);
    push(repository, expected, image(List.of(config, layer), ""));
  }

  private void relate(EmbeddedRepository repository, Expectation expected) {
    Optional<Digest> other = known(expected);
    if (other.isPresent()) {
      push(
          repository,
          expected,
          random.nextBoolean()
              ? index(other.get())
              : image(List.of(content(), content()), subject(other.get())));
    }
  }

  /** A refused push is legal: the client sends the blobs again. */
  private void push(EmbeddedRepository repository, Expectation expected, RawManifest manifest) {
    Set<Tag> tags = maybeTag();
    try {
      repository.pushManifest(manifest, tags);
    } catch (InvalidContentException lostRace) {
      return;
    }
    expected.manifests.add(manifest.digest());
    tags.forEach(tag -> expected.tags.put(tag, manifest.digest()));
  }

  private void pushAgain(EmbeddedRepository repository, Expectation expected) {
    known(expected)
        .flatMap(repository::manifest)
        .ifPresent(manifest -> push(repository, expected, manifest));
  }

  private void untag(EmbeddedRepository repository, Expectation expected) {
    if (!expected.tags.isEmpty()) {
      Tag tag = any(List.copyOf(expected.tags.keySet()));
      repository.deleteTag(tag);
      expected.tags.remove(tag);
    }
  }

  private void delete(EmbeddedRepository repository, Expectation expected) {
    Optional<Digest> digest = known(expected);
    if (digest.isPresent()) {
      try {
        repository.deleteManifest(digest.get());
      } catch (NotFoundException collected) {
        if (expected.tags.containsValue(digest.get())) {
          throw collected;
        }
      }
      expected.manifests.remove(digest.get());
      expected.tags.values().removeIf(digest.get()::equals);
    }
  }

  private static void deleteRepository(EmbeddedRepository repository, Expectation expected) {
    if (repository.exists()) {
      repository.delete();
      expected.manifests.clear();
      expected.tags.clear();
    }
  }
}
