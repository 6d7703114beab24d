package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of locks. */
abstract class AttributeLaws extends StoreLaws {
  private static final StoredManifest ONE = Samples.manifest("one");
  private static final Digest DIGEST = ONE.record().digest();
  private static final Attributes HIDDEN = new Attributes(true, true, true, false);

  @BeforeEach
  void storeATaggedManifest() throws Exception {
    apply(Samples.APP, 1, put(ONE), setTag(Samples.V1, ONE));
  }

  /** What can be locked: the repository, a manifest, a tag. */
  private static List<@Nullable Reference> targets() {
    List<@Nullable Reference> targets = new ArrayList<>();
    targets.add(null);
    targets.add(DIGEST);
    targets.add(Samples.V1);
    return targets;
  }

  private List<Attributes> all() throws Exception {
    return List.of(
        repositories().repository(Samples.APP).orElseThrow().attributes(),
        repositories().manifest(Samples.APP, DIGEST).orElseThrow().record().attributes(),
        repositories().tag(Samples.APP, Samples.V1).orElseThrow().attributes());
  }

  @Test
  void lockOneThingAndNothingElse() throws Exception {
    for (int i = 0; i < 3; i++) {
      List<Attributes> expected = new ArrayList<>(all());
      expected.set(i, Samples.LOCKED);
      apply(new Change.SetAttributes(targets().get(i), Samples.LOCKED));
      assertEquals(expected, all());
    }
    apply(new Change.SetAttributes(null, Attributes.UNLOCKED));
    assertEquals(List.of(Attributes.UNLOCKED, Samples.LOCKED, Samples.LOCKED), all());
  }

  private List<RepositoryName> listed(PageRequest first) throws Exception {
    List<RepositoryName> all = new ArrayList<>();
    for (PageRequest next = first; ; ) {
      Page<RepositoryName> page = repositories().listedRepositories(next);
      all.addAll(page.items());
      String after = page.next();
      if (after == null) {
        return all;
      }
      next = new PageRequest(first.limit(), after);
    }
  }

  @Test
  void leaveARepositoryOutOfWhatIsListedAndNotOutOfAll() throws Exception {
    RepositoryName before = RepositoryName.parse("a");
    RepositoryName after = RepositoryName.parse("zz");
    apply(before, 1, put(ONE));
    apply(after, 1, put(ONE));
    for (int limit = 1; limit <= 4; limit++) {
      assertEquals(List.of(before, Samples.APP, after), listed(PageRequest.first(limit)));
    }
    apply(new Change.SetAttributes(null, HIDDEN));
    for (int limit = 1; limit <= 4; limit++) {
      assertEquals(List.of(before, after), listed(PageRequest.first(limit)));
    }
    assertEquals(3, repositories().repositories(PageRequest.first(9)).items().size());
    apply(new Change.SetAttributes(null, Attributes.UNLOCKED));
    assertEquals(List.of(before, Samples.APP, after), listed(PageRequest.first(9)));
  }

  /** Where a store numbers its states at all. */
  @Test
  void numberAnotherStateOtherwise() throws Exception {
    Set<OptionalLong> repository = new HashSet<>();
    Set<OptionalLong> catalog = new HashSet<>();
    List<Change> changes =
        List.of(
            setTag(Tag.parse("v2"), ONE),
            new Change.SetAttributes(Samples.V1, Samples.LOCKED),
            new Change.SetAttributes(null, HIDDEN),
            new Change.SetAttributes(null, Attributes.UNLOCKED),
            new Change.DeleteRepository());
    repository.add(repositories().version(Samples.APP));
    catalog.add(repositories().catalogVersion());
    for (Change change : changes) {
      apply(change);
      repository.add(repositories().version(Samples.APP));
      catalog.add(repositories().catalogVersion());
    }
    boolean numbered = repositories().version(Samples.APP).isPresent();
    assertEquals(numbered ? 1 + changes.size() : 1, repository.size());
    // Only the last three of the changes are seen in the list of repositories.
    boolean catalogNumbered = repositories().catalogVersion().isPresent();
    assertTrue(catalog.size() >= (catalogNumbered ? 4 : 1), catalog::toString);
    OptionalLong now = repositories().catalogVersion();
    assertEquals(now, repositories().catalogVersion());
    apply(RepositoryName.parse("new"), 1, put(ONE));
    assertEquals(catalogNumbered, !now.equals(repositories().catalogVersion()));
  }

  @Test
  void changeTheTimeOfWhatIsLocked() throws Exception {
    apply(Samples.APP, 5, new Change.SetAttributes(Samples.V1, Samples.LOCKED));
    apply(Samples.APP, 6, new Change.SetAttributes(DIGEST, Samples.LOCKED));
    apply(Samples.APP, 7, new Change.SetAttributes(null, Samples.LOCKED));
    var tag = repositories().tag(Samples.APP, Samples.V1).orElseThrow();
    assertEquals(Samples.at(1), tag.createdAt());
    assertEquals(Samples.at(5), tag.updatedAt());
    var manifest = repositories().manifest(Samples.APP, DIGEST).orElseThrow().record();
    assertEquals(Samples.at(1), manifest.pushedAt());
    assertEquals(Samples.at(6), manifest.updatedAt());
    var repository = repositories().repository(Samples.APP).orElseThrow();
    assertEquals(Samples.at(1), repository.createdAt());
    assertEquals(Samples.at(7), repository.updatedAt());
  }

  @Test
  void areSetOnlyIfTheyAreAsExpected() throws Exception {
    Attributes other = new Attributes(true, true, true, false);
    for (@Nullable Reference target : targets()) {
      refuse(
          0,
          Rejection.ATTRIBUTES_CONFLICT,
          new Change.SetAttributes(target, Samples.LOCKED, other));
      apply(new Change.SetAttributes(target, Samples.LOCKED, Attributes.UNLOCKED));
      refuse(
          0,
          Rejection.ATTRIBUTES_CONFLICT,
          new Change.SetAttributes(target, other, Attributes.UNLOCKED));
      apply(new Change.SetAttributes(target, Attributes.UNLOCKED, Samples.LOCKED));
    }
    assertEquals(List.of(Attributes.UNLOCKED, Attributes.UNLOCKED, Attributes.UNLOCKED), all());
  }

  @Test
  void cannotLockWhatIsNotThere() throws Exception {
    refuse(0, Rejection.NOT_FOUND, new Change.SetAttributes(Samples.V2, Samples.LOCKED));
    refuse(0, Rejection.NOT_FOUND, new Change.SetAttributes(Samples.digest(1), Samples.LOCKED));
    refuse(Samples.OTHER, 0, Rejection.NOT_FOUND, new Change.SetAttributes(null, Samples.LOCKED));
  }

  @Test
  void refuseWhatTheyForbidAndNothingElse() throws Exception {
    for (@Nullable Reference target : targets()) {
      for (Attributes.Use locked : Attributes.Use.values()) {
        Attributes attributes = without(locked);
        apply(new Change.SetAttributes(target, attributes));
        for (Attributes.Use use : Attributes.Use.values()) {
          Change condition = new Change.RequireUnlocked(target, use);
          if (attributes.allows(use)) {
            apply(condition);
          } else {
            refuse(0, Rejection.LOCKED, condition);
          }
        }
      }
      apply(new Change.SetAttributes(target, Attributes.UNLOCKED));
    }
  }

  private static Attributes without(Attributes.Use use) {
    return new Attributes(
        use != Attributes.Use.DELETE,
        use != Attributes.Use.WRITE,
        use != Attributes.Use.READ,
        use != Attributes.Use.LIST);
  }

  @Test
  void holdNothingThatDoesNotExist() throws Exception {
    apply(new Change.SetAttributes(null, Samples.LOCKED));
    apply(
        new Change.RequireUnlocked(Tag.parse("absent"), Attributes.Use.DELETE),
        new Change.RequireUnlocked(Samples.digest(1), Attributes.Use.DELETE));
    apply(Samples.OTHER, 1, new Change.RequireUnlocked(null, Attributes.Use.DELETE));
  }

  @Test
  void areCheckedOnlyWhereACommitAsks() throws Exception {
    apply(new Change.SetAttributes(DIGEST, new Attributes(false, false, false, false)));
    apply(new Change.DeleteManifest(DIGEST));
  }
}
