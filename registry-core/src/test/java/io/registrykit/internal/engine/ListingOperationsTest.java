package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingOperationsTest {
  private static final Pattern NEXT = Pattern.compile("<(/v2/[^>]+)>; rel=\"next\"");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

  private final TestApi api = TestApi.open();

  /** Follows the links to the end and returns the entries of all pages. */
  private static List<String> collect(TestApi api, String start, int pageSize) {
    List<String> all = new ArrayList<>();
    String next = start;
    while (next != null) {
      Answer page = api.get(next).is(200);
      List<String> entries = entries(page);
      all.addAll(entries);
      String link = page.headers().first("Link").orElse(null);
      assertThat(entries.size())
          .isEqualTo(link == null ? Math.min(entries.size(), pageSize) : pageSize);
      assertThat(entries)
          .as("no empty page behind a link")
          .hasSizeGreaterThan(all.isEmpty() ? -1 : 0);
      next = link == null ? null : target(link);
    }
    return all;
  }

  private static String target(String link) {
    Matcher matcher = NEXT.matcher(link);
    assertThat(matcher.matches()).as(link).isTrue();
    return matcher.group(1);
  }

  private static List<String> entries(Answer page) {
    String text = page.text();
    String array = text.substring(text.indexOf('[') + 1, text.indexOf(']'));
    return TEXT.matcher(array).results().map(result -> result.group(1)).toList();
  }

  private void tag(String repository, Iterable<String> tags) {
    Digest digest = api.pushManifest(repository, "x", "x");
    Bytes manifest = api.get("/v2/" + repository + "/manifests/x").body();
    List<String> batch = new ArrayList<>();
    for (String tag : tags) {
      batch.add("tag=" + tag);
      if (batch.size() == 100) {
        api.putManifest(repository, digest + "?" + String.join("&", batch), manifest).is(201);
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      api.putManifest(repository, digest + "?" + String.join("&", batch), manifest).is(201);
    }
    api.delete("/v2/" + repository + "/manifests/x").is(202);
  }

  @Test
  void aListShowsWhatChangedSinceItWasAskedForLast() {
    tag("team/app", List.of("a", "b", "c"));
    for (int i = 0; i < 2; i++) {
      assertThat(collect(api, "/v2/team/app/tags/list?n=2", 2)).containsExactly("a", "b", "c");
      assertThat(collect(api, "/v2/_catalog", 100)).containsExactly("team/app");
    }
    api.delete("/v2/team/app/manifests/b").is(202);
    tag("team/base", List.of("z"));
    assertThat(collect(api, "/v2/team/app/tags/list?n=2", 2)).containsExactly("a", "c");
    assertThat(collect(api, "/v2/_catalog", 100)).containsExactly("team/app", "team/base");
  }

  @Test
  void thisIsARegistry() {
    assertThat(api.get("/v2/").is(200).has("Content-Type", "application/json").text())
        .isEqualTo("{}");
    api.get("/v2").is(200);
    api.head("/v2/").is(200).has("Content-Length", "2");
  }

  @Test
  void tagsAreInAsciiOrder() {
    tag("a/b", List.of("a", "B", "c", "v1", "V2", "10", "9", "_x"));

    assertThat(api.get("/v2/a/b/tags/list").is(200).text())
        .isEqualTo(
            "{\"name\":\"a/b\",\"tags\":[\"10\",\"9\",\"B\",\"V2\",\"_x\",\"a\",\"c\",\"v1\"]}");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "100, 1", "100, 7", "100, 100", "100, 101", "10000, 999"})
  void tagsArePagedToTheEnd(int count, int pageSize) {
    TreeSet<String> tags = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      tags.add("v" + i);
    }
    tag("a/b", tags);

    assertThat(collect(api, "/v2/a/b/tags/list?n=" + pageSize, pageSize))
        .containsExactlyElementsOf(tags);
  }

  @Test
  void withoutANumberThePolicyDecides() {
    TestApi small = TestApi.open(RegistryPolicy.strict().withMaxPageEntries(3));
    for (int i = 0; i < 8; i++) {
      small.pushManifest("a/b", "v" + i, "x");
      small.pushBlob("r" + i, TestApi.EMPTY_JSON);
    }

    assertThat(collect(small, "/v2/a/b/tags/list", 3)).hasSize(8);
    assertThat(collect(small, "/v2/a/b/tags/list?n=1000", 3)).hasSize(8);
    assertThat(collect(small, "/v2/a/b/tags/list?n=99999999999999999999", 3)).hasSize(8);
    assertThat(collect(small, "/v2/_catalog", 3)).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource({
    "?n=0, ''",
    "?n=0&last=a, ''",
    "?last=b, 'c,d'",
    "?last=bb, 'c,d'",
    "?last=d, ''",
    "?last=zzz, ''",
    "?last=%C3%A9, ''",
    "?n=4, 'a,b,c,d'",
    "?n=2&last=b, 'c,d'",
    "?n=5&last=, 'a,b,c,d'"
  })
  void thePageThatWasAskedFor(String query, String expected) {
    tag("a/b", List.of("a", "b", "c", "d"));

    Answer page = api.get("/v2/a/b/tags/list" + query).is(200).lacks("Link");

    assertThat(String.join(",", entries(page))).isEqualTo(expected);
    assertThat(page.text()).contains("\"tags\":[");
  }

  @Test
  void aLinkIsRelativeAndQuoted() {
    tag("a/b", List.of("a", "b", "c", "d"));

    api.get("/v2/a/b/tags/list?n=2").has("Link", "</v2/a/b/tags/list?n=2&last=b>; rel=\"next\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "abc", "", "1.5", "+1", "0x1", "%20"})
  void aNumberThatIsNone(String n) {
    tag("a/b", List.of("a"));

    api.get("/v2/a/b/tags/list?n=" + n).fails(400, "PAGINATION_NUMBER_INVALID");
    api.get("/v2/_catalog?n=" + n).fails(400, "PAGINATION_NUMBER_INVALID");
  }

  @Test
  void anUnknownRepository() {
    api.get("/v2/a/b/tags/list").fails(404, "NAME_UNKNOWN");
    api.get("/v2/a/b/tags/list?n=0").fails(404, "NAME_UNKNOWN");
  }

  @Test
  void aRepositoryWhoseLastTagWent() {
    tag("a/b", List.of());

    assertThat(api.get("/v2/a/b/tags/list").is(200).text())
        .isEqualTo("{\"name\":\"a/b\",\"tags\":[]}");
  }

  @Test
  void theCatalogIsPagedInOrder() {
    for (String name : List.of("b", "a/c", "a", "a/b", "a-b")) {
      api.pushBlob(name, TestApi.EMPTY_JSON);
    }

    assertThat(api.get("/v2/_catalog").is(200).lacks("Link").text())
        .isEqualTo("{\"repositories\":[\"a\",\"a-b\",\"a/b\",\"a/c\",\"b\"]}");
    api.get("/v2/_catalog?n=3").has("Link", "</v2/_catalog?n=3&last=a%2Fb>; rel=\"next\"");
    assertThat(collect(api, "/v2/_catalog?n=2", 2)).containsExactly("a", "a-b", "a/b", "a/c", "b");
    assertThat(api.get("/v2/_catalog?n=0").is(200).text()).isEqualTo("{\"repositories\":[]}");
    assertThat(entries(api.get("/v2/_catalog?last=a%2Fb"))).containsExactly("a/c", "b");
  }

  @Test
  void anEmptyCatalog() {
    assertThat(api.get("/v2/_catalog").is(200).text()).isEqualTo("{\"repositories\":[]}");
  }
}
