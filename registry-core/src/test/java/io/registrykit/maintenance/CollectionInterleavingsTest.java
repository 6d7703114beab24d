package io.registrykit.maintenance;

import static io.registrykit.internal.embedded.TestRegistry.digest;
import static io.registrykit.internal.embedded.TestRegistry.image;
import static io.registrykit.internal.embedded.TestRegistry.index;
import static io.registrykit.internal.embedded.TestRegistry.pushBlob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRepository;
import io.registrykit.internal.embedded.TestRegistry;
import io.registrykit.model.RepositoryName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A collection beside pushes, mounts and deletes, in every order of all their calls to the store:
 * nothing acknowledged misses anything, nothing dangles, and two more collections leave no garbage.
 */
class CollectionInterleavingsTest {
  private static final RetentionPolicy ALL = RetentionPolicy.keepAll();
  private static final RetentionPolicy TAGGED = RetentionPolicy.deleteUntaggedAfter(Duration.ZERO);
  private static final String OLD = "old";
  private static final Duration AGE = Duration.ofDays(3);

  /** Who acts at once. In the past, the blob "old" was pushed to "a", and is garbage by now. */
  enum Scenario {
    PUSH(
        world ->
            world
                .collector(ALL)
                .person("push", "a", (all, repository) -> pushImage(all, repository))),
    HEAD_AND_PUSH_OF_THE_MANIFEST(
        world ->
            world
                .collector(ALL)
                .person(
                    "head",
                    "a",
                    (all, repository) -> {
                      if (repository.blobSize(digest(OLD)).isPresent()) {
                        all.pushImage(repository, OLD, "t");
                      }
                    })),
    MOUNT_FROM_WHERE_IT_IS_DELETED(
        world -> {
          TestRegistry.pushImage(world.past().repository("a"), List.of(OLD));
          world.past().clock.advance(AGE);
          return world
              .collector(ALL)
              .person("mount", "b", CollectionInterleavingsTest::mount)
              .person(
                  "delete",
                  "a",
                  (all, repository) -> repository.deleteManifest(image(List.of(OLD), "").digest()));
        }),
    PUSH_BESIDE_TWO_COLLECTIONS(
        world ->
            world
                .collector(ALL)
                .collector(ALL)
                .person("push", "a", (all, repository) -> pushImage(all, repository))),
    PUSH_TO_TWO_REPOSITORIES(
        world ->
            world
                .collector(ALL)
                .person("push", "a", (all, repository) -> pushImage(all, repository))
                .person("push too", "b", (all, repository) -> pushImage(all, repository))),
    PUSH_WHILE_THE_CLOCK_JUMPS(
        world ->
            world
                .collector(ALL)
                .person("push", "b", (all, repository) -> pushImage(all, repository))
                .jump(Duration.ofDays(2))),
    PUSH_WHILE_THE_CLOCK_JUMPS_BACK(
        world ->
            world
                .collector(ALL)
                .person("push", "b", (all, repository) -> pushImage(all, repository))
                .jump(Duration.ofHours(-3))),
    TAG_OF_WHAT_HAS_NONE(
        world -> {
          TestRegistry.pushImage(world.past().repository("a"), List.of(OLD));
          world.past().clock.advance(AGE);
          return world
              .collector(TAGGED)
              .person("tag", "a", (all, repository) -> all.pushImage(repository, OLD, "t"));
        }),
    INDEX_OF_WHAT_HAS_NO_TAG(
        world -> {
          TestRegistry.pushImage(world.past().repository("a"), List.of(OLD));
          world.past().clock.advance(AGE);
          return world
              .collector(TAGGED)
              .person(
                  "index",
                  "a",
                  (all, repository) ->
                      all.pushManifest(repository, index(image(List.of(OLD), "").digest()), "t"));
        }),
    DELETE_OF_THE_REPOSITORY(
        world ->
            world
                .collector(ALL)
                .person(
                    "delete",
                    "a",
                    (all, repository) -> {
                      repository.delete();
                      all.acknowledged.removeIf(name -> name.startsWith("a@"));
                    })
                .person("mount", "b", CollectionInterleavingsTest::mount));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final UnaryOperator<CollectionWorld> actors;

    Scenario(UnaryOperator<CollectionWorld> actors) {
      this.actors = actors;
    }

    CollectionWorld world(Mutant mutant) {
      CollectionWorld world = new CollectionWorld(mutant);
      pushBlob(world.past().repository("a"), OLD);
      world.past().clock.advance(AGE);
      return actors.apply(world);
    }
  }

  private static void pushImage(CollectionWorld world, EmbeddedRepository repository) {
    if (world.push(repository, OLD)) {
      world.pushImage(repository, OLD, "t");
    }
  }

  private static void mount(CollectionWorld world, EmbeddedRepository repository) {
    if (repository.mountBlob(digest(OLD), RepositoryName.parse("a"))) {
      world.pushImage(repository, OLD, "t");
    }
  }

  @ParameterizedTest
  @EnumSource
  void noOrderLosesAnythingOrKeepsGarbage(Scenario scenario) {
    long start = System.nanoTime();
    Interleavings all = new Interleavings(() -> scenario.world(Mutant.NONE));
    all.runAll();
    System.out.printf(
        "%s: %,d states, %,d of them ends, in %,d runs and %d ms%n",
        scenario, all.states(), all.ends(), all.runs(), (System.nanoTime() - start) / 1_000_000);
    assertThat(all.states()).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({
    "IGNORES_TOUCH, PUSH",
    "IGNORES_TOUCH, MOUNT_FROM_WHERE_IT_IS_DELETED",
    "IGNORES_TOUCH, DELETE_OF_THE_REPOSITORY",
    "IGNORES_NEW_MANIFESTS, TAG_OF_WHAT_HAS_NONE",
    "IGNORES_NEW_TAGS, INDEX_OF_WHAT_HAS_NO_TAG",
    "PUSHES_WITHOUT_REQUIRE, INDEX_OF_WHAT_HAS_NO_TAG",
    "LINKS_WITHOUT_TOUCH, PUSH",
    "LINKS_WITHOUT_TOUCH, MOUNT_FROM_WHERE_IT_IS_DELETED",
    "TOUCHES_ONLY_BEFORE, PUSH_WHILE_THE_CLOCK_JUMPS"
  })
  void everyMistakeIsFound(Mutant mutant, Scenario scenario) {
    assertThatThrownBy(() -> new Interleavings(() -> scenario.world(mutant)).runAll())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void noMistakeIsForgotten() throws NoSuchMethodException {
    CsvSource rows =
        getClass()
            .getDeclaredMethod("everyMistakeIsFound", Mutant.class, Scenario.class)
            .getAnnotation(CsvSource.class);
    assertThat(rows.value())
        .extracting(row -> Mutant.valueOf(row.substring(0, row.indexOf(','))))
        .containsAll(EnumSet.complementOf(EnumSet.of(Mutant.NONE)));
  }
}
