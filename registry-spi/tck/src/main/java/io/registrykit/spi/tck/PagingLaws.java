package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of lists: byte order, cut into pages. */
abstract class PagingLaws extends StoreLaws {
  private static final StoredManifest TARGET = Samples.manifest("target");

  /** Tags in ASCII order, which is neither that of a language nor of numbers. */
  private static final List<String> TAGS =
      List.of("1", "10", "2", "A", "B-1", "B.1", "Z", "_", "a", "a-", "a.", "aa", "b", "latest");

  /** Repositories in ASCII order, in which {@code -} and {@code .} come before the slash. */
  private static final List<String> NAMES =
      List.of("a", "a-b", "a-b/c", "a.b", "a/b", "a/b/c", "a0", "a_b", "aa", "b", "b/a");

  private void setTags(List<String> tags) throws IOException {
    List<Change> changes = new ArrayList<>(List.of(put(TARGET)));
    for (int i = tags.size() - 1; i >= 0; i--) {
      changes.add(setTag(Tag.parse(tags.get(i)), TARGET));
    }
    apply(changes.toArray(new Change[0]));
  }

  private List<String> tags(PageRequest request) throws IOException {
    return names(repositories().tags(Samples.APP, request));
  }

  private static List<String> names(Page<TagRecord> page) {
    return page.items().stream().map(record -> record.tag().value()).toList();
  }

  /** Checks a whole list, pages of all sizes, and every starting point. */
  private static <T> void assertPages(List<T> expected, Lister<T> lister) throws IOException {
    for (int limit : new int[] {1, 2, 3, expected.size(), expected.size() + 1, 1_000_000}) {
      assertEquals(expected, walk(lister, limit), "pages of " + limit);
    }
    Page<T> full = lister.list(PageRequest.first(expected.size()));
    assertNull(full.next(), "nothing is behind the last entry, though its page is full");
    assertEquals(
        List.of(), lister.list(new PageRequest(1, "~")).items(), "behind the end of all lists");
    assertEquals(expected, lister.list(new PageRequest(1_000_000, "")).items(), "behind nothing");
  }

  @Test
  void listsTags() throws Exception {
    setTags(TAGS);
    List<TagRecord> expected = new ArrayList<>();
    for (String tag : TAGS) {
      expected.add(repositories().tag(Samples.APP, Tag.parse(tag)).orElseThrow());
    }
    assertPages(expected, page -> repositories().tags(Samples.APP, page));
  }

  @Test
  void listsRepositories() throws Exception {
    List<RepositoryName> expected = NAMES.stream().map(RepositoryName::parse).toList();
    for (int i = NAMES.size() - 1; i >= 0; i--) {
      apply(expected.get(i), 0, link(Samples.digest(1), 1));
    }
    assertPages(expected, repositories()::repositories);
  }

  @Test
  void listsManifestsOfBothAlgorithms() throws Exception {
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      StoredManifest manifest = withAlgorithm(i);
      digests.add(manifest.record().digest());
      apply(put(manifest));
    }
    List<ManifestRecord> expected = new ArrayList<>();
    for (Digest digest : sorted(digests)) {
      expected.add(repositories().manifest(Samples.APP, digest).orElseThrow().record());
    }
    assertPages(expected, page -> repositories().manifests(Samples.APP, page));
  }

  private static StoredManifest withAlgorithm(int i) {
    StoredManifest sha256 = Samples.manifest("m" + i);
    if (i % 2 == 0) {
      return sha256;
    }
    var raw = sha256.raw();
    return Samples.stored(
        new RawManifest(
            raw.mediaType(), raw.content().digest(DigestAlgorithm.SHA512), raw.content()),
        null,
        Set.of(),
        Set.of());
  }

  private static List<Digest> sorted(List<Digest> digests) {
    return digests.stream().map(Digest::toString).sorted().map(Digest::parse).toList();
  }

  @Test
  void listsLinks() throws Exception {
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] content = Samples.content(i, 10);
      digests.add(i % 2 == 0 ? Samples.sha256(content) : Samples.sha512(content));
      apply(link(digests.get(i), 10));
    }
    List<BlobLink> expected =
        sorted(digests).stream().map(d -> new BlobLink(d, 10, Samples.T0)).toList();
    assertPages(expected, page -> repositories().blobLinks(Samples.APP, page));
  }

  @Test
  void listsReferrers() throws Exception {
    Digest subject = Samples.digest(1);
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      StoredManifest referrer = Samples.referrer("r" + i, subject);
      digests.add(referrer.record().digest());
      apply(put(referrer), put(Samples.manifest("other" + i)));
    }
    List<ManifestRecord> expected = new ArrayList<>();
    for (Digest digest : sorted(digests)) {
      expected.add(repositories().manifest(Samples.APP, digest).orElseThrow().record());
    }
    assertPages(expected, page -> repositories().referrers(Samples.APP, subject, page));
  }

  @Test
  void startsBehindAnEntryThatNeedNotExist() throws Exception {
    setTags(TAGS);
    for (int i = 0; i < TAGS.size(); i++) {
      List<String> rest = TAGS.subList(i + 1, TAGS.size());
      assertEquals(rest, tags(new PageRequest(100, TAGS.get(i))), "behind " + TAGS.get(i));
    }
    assertEquals(List.of("aa", "b", "latest"), tags(new PageRequest(100, "a0")));
    assertEquals(List.of("A", "B-1"), tags(new PageRequest(2, "3")));
  }

  @Test
  void startsBehindTextThatIsNoEntryAtAll() throws Exception {
    setTags(TAGS);
    apply(link(Samples.digest(1), 1));
    assertEquals(TAGS, tags(new PageRequest(100, "!not a tag!")));
    assertEquals(List.of("latest"), tags(new PageRequest(100, "b\u00fc/\u0000")));
    assertEquals(List.of(), tags(new PageRequest(100, "\u2603")));
    Lister<BlobLink> links = page -> repositories().blobLinks(Samples.APP, page);
    assertEquals(1, links.list(new PageRequest(100, "sha256")).items().size());
    assertEquals(1, links.list(new PageRequest(100, "sha256:")).items().size());
    assertEquals(0, links.list(new PageRequest(100, "sha256:x")).items().size());
    assertEquals(0, links.list(new PageRequest(100, Samples.digest(1) + "0")).items().size());
    assertEquals(1, repositories().repositories(new PageRequest(9, "team/ap")).items().size());
    assertEquals(1, repositories().repositories(new PageRequest(9, "TEAM/")).items().size());
    assertEquals(0, repositories().repositories(new PageRequest(9, "team/app/")).items().size());
  }

  @Test
  void goesOnBehindAnEntryThatWasDeletedMeanwhile() throws Exception {
    setTags(TAGS);
    Page<TagRecord> first = repositories().tags(Samples.APP, PageRequest.first(5));
    apply(new Change.DeleteTag(Tag.parse("B-1"), Expected.anything()));
    apply(setTag(Tag.parse("0"), TARGET), setTag(Tag.parse("C"), TARGET));
    List<String> rest = new ArrayList<>(TAGS.subList(5, TAGS.size()));
    rest.add(1, "C");
    assertEquals(rest, tags(new PageRequest(100, first.nextAfter().orElseThrow())));
  }

  @Test
  void listsNothingWhereNothingIs() throws Exception {
    assertEquals(Page.empty(), repositories().repositories(ALL));
    assertEquals(Page.empty(), repositories().tags(Samples.APP, ALL));
    assertEquals(Page.empty(), repositories().manifests(Samples.APP, ALL));
    assertEquals(Page.empty(), repositories().blobLinks(Samples.APP, ALL));
    assertEquals(Page.empty(), repositories().referrers(Samples.APP, Samples.digest(1), ALL));
    assertEquals(List.of(), repositories().tagsOf(Samples.APP, Samples.digest(1)));
  }
}
