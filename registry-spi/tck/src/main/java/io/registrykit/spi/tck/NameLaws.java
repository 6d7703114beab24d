package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws of names that are alike, long, or like the words that stores use for themselves. */
abstract class NameLaws extends StoreLaws {
  private static final List<String> REPOSITORIES =
      List.of(
          "a",
          "a/blobs",
          "a/blobs/uploads/b",
          "a/manifests/v1",
          "a/tags/list",
          "con",
          "index.json",
          "oci-layout",
          "a/index.json",
          "a__b",
          "a---b",
          "0/0",
          "a" + "/b".repeat(127),
          "x".repeat(255));

  private static final List<String> TAGS =
      List.of(
          "V1",
          "v1",
          "LATEST",
          "latest",
          "Latest",
          "con",
          "NUL",
          "a.",
          "a..",
          "_",
          "__",
          "v1.0-rc_1",
          "index.json",
          "sha256-" + "0".repeat(64) + ".sig",
          "T".repeat(128),
          "t".repeat(128));

  @Test
  void keepsRepositoriesApart() throws Exception {
    for (String name : REPOSITORIES) {
      StoredManifest own = Samples.manifest("in " + name);
      apply(RepositoryName.parse(name), 0, put(own), setTag(Samples.V1, own));
    }
    for (String text : REPOSITORIES) {
      RepositoryName name = RepositoryName.parse(text);
      StoredManifest own = Samples.manifest("in " + text);
      assertEquals(
          own.record().digest(),
          repositories().tag(name, Samples.V1).map(TagRecord::target).orElseThrow());
      assertEquals(own.raw(), repositories().manifest(name, own.record().digest()).get().raw());
      assertEquals(1, repositories().manifests(name, ALL).items().size());
    }
    assertEquals(
        REPOSITORIES.stream().sorted().map(RepositoryName::parse).toList(),
        repositories().repositories(ALL).items());
  }

  @Test
  void deletesNoRepositoryWithAnotherThatItLiesIn() throws Exception {
    List<RepositoryName> names = new ArrayList<>();
    for (String name : List.of("a", "a/blobs", "a/blobs/uploads/b", "ab")) {
      names.add(RepositoryName.parse(name));
      apply(RepositoryName.parse(name), 0, put(Samples.manifest("in " + name)));
    }
    apply(names.get(0), 1, new Change.DeleteRepository());
    assertEquals(names.subList(1, 4), repositories().repositories(ALL).items());
    apply(names.get(2), 1, new Change.DeleteRepository());
    assertEquals(List.of(names.get(1), names.get(3)), repositories().repositories(ALL).items());
    assertTrue(repositories().repository(names.get(0)).isEmpty());
    assertEquals(1, repositories().manifests(names.get(1), ALL).items().size());
    apply(names.get(0), 2, put(Samples.manifest("again")));
    assertEquals(1, repositories().manifests(names.get(0), ALL).items().size());
  }

  @Test
  void keepsTagsApart() throws Exception {
    for (String name : TAGS) {
      StoredManifest own = Samples.manifest("tagged " + name);
      apply(put(own), setTag(Tag.parse(name), own));
    }
    for (String name : TAGS) {
      StoredManifest own = Samples.manifest("tagged " + name);
      TagRecord record = repositories().tag(Samples.APP, Tag.parse(name)).orElseThrow();
      assertEquals(own.record().digest(), record.target(), name);
      assertEquals(name, record.tag().value());
    }
    assertEquals(
        TAGS.stream().sorted().toList(),
        repositories().tags(Samples.APP, ALL).items().stream().map(t -> t.tag().value()).toList());
  }

  @Test
  void deletesOneOfTwoTagsThatDifferInCase() throws Exception {
    StoredManifest upper = Samples.manifest("upper");
    StoredManifest lower = Samples.manifest("lower");
    Tag big = Tag.parse("V1");
    apply(put(upper), put(lower), setTag(big, upper), setTag(Samples.V1, lower));
    assertTrue(repositories().tag(Samples.APP, big).isPresent());
    apply(new Change.DeleteManifest(upper.record().digest()));
    assertTrue(repositories().tag(Samples.APP, big).isEmpty());
    assertEquals(
        lower.record().digest(),
        repositories().tag(Samples.APP, Samples.V1).map(TagRecord::target).orElseThrow());
  }
}
