package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrerOperationsTest {
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]{64})\"");
  private static final String NONE =
      "{\"schemaVersion\":2,\"mediaType\":\"" + TestApi.INDEX + "\",\"manifests\":[]}";

  private final TestApi api = TestApi.open();
  private final Digest subject = sha256(Bytes.utf8("subject"));
  private final String path = "/v2/a/b/referrers/" + subject;

  private Digest refer(String note, String artifactType) {
    Bytes referrer = api.manifest("a/b", note, TestApi.refersTo(subject, artifactType));
    Digest digest = sha256(referrer);
    api.putManifest("a/b", digest.toString(), referrer).is(201);
    return digest;
  }

  private static List<String> digests(Answer page) {
    return DIGEST.matcher(page.text()).results().map(result -> result.group(1)).toList();
  }

  @Test
  void nothingRefersToIt() {
    assertThat(api.get(path).is(200).has("Content-Type", TestApi.INDEX).text()).isEqualTo(NONE);
    api.pushManifest("a/b", "v1", "x");
    assertThat(api.get(path).is(200).lacks("OCI-Filters-Applied").text()).isEqualTo(NONE);
  }

  @Test
  void everythingThatRefersToIt() {
    Digest one = refer("one", "application/x.sbom");
    Digest two = refer("two", "application/x.sig");

    Answer all = api.get(path).is(200).has("Content-Type", TestApi.INDEX).lacks("Link");

    assertThat(digests(all)).containsExactlyInAnyOrder("" + one, "" + two);
    assertThat(all.text())
        .contains("\"artifactType\":\"application/x.sbom\"", "\"annotations\":{\"note\":\"one\"}");
    api.head(path).is(200).has("Content-Length", all.header("Content-Length"));
  }

  @Test
  void aReferrerThatWasDeletedIsGoneAtOnce() {
    Digest one = refer("one", "application/x.sbom");

    api.delete("/v2/a/b/manifests/" + one).is(202);

    assertThat(api.get(path).is(200).text()).isEqualTo(NONE);
  }

  @Test
  void ofOneType() {
    Digest one = refer("one", "application/x.sbom");
    refer("two", "application/x.sig");

    Answer some = api.get(path + "?artifactType=application%2Fx.sbom").is(200);

    assertThat(digests(some)).containsExactly(one.toString());
    some.has("OCI-Filters-Applied", "artifactType");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/none", "nonsense", "a/b/c", "%00"})
  void ofATypeThatNothingHas(String type) {
    refer("one", "application/x.sbom");

    Answer none = api.get(path + "?artifactType=" + type).is(200);

    assertThat(none.has("OCI-Filters-Applied", "artifactType").text()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "latest", "sha256:x", "md5:00", "sha256-1234"})
  void aBadDigest(String text) {
    api.get("/v2/a/b/referrers/" + text).fails(400, "DIGEST_INVALID");
  }

  @Test
  void inPagesOfANumber() {
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 0; i < 7; i++) {
      expected.add(refer("note" + i, "application/x.sbom").toString());
    }
    refer("other", "application/x.sig");

    List<String> found = collect(path + "?n=3&artifactType=application/x.sbom", 3);

    assertThat(found).containsExactlyElementsOf(expected);
    assertThat(api.get(path + "?n=0").is(200).lacks("Link").text()).isEqualTo(NONE);
    api.get(path + "?n=x").fails(400, "PAGINATION_NUMBER_INVALID");
  }

  @Test
  void inPagesThatStayBelowTheSizeOfAManifest() {
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 0; i < 9; i++) {
      expected.add(refer(i + "\u20ac".repeat(300_000), "application/x.sbom").toString());
    }

    assertThat(collect(path, 4)).containsExactlyElementsOf(expected);
  }

  private List<String> collect(String start, int mostEntries) {
    List<String> found = new ArrayList<>();
    for (String next = start; next != null; ) {
      Answer page = api.get(next).is(200);
      assertThat(page.body().length()).isLessThanOrEqualTo(4 * 1024 * 1024);
      assertThat(digests(page)).hasSizeBetween(1, mostEntries);
      found.addAll(digests(page));
      String link = page.headers().first("Link").orElse(null);
      assertThat(link == null || link.endsWith(">; rel=\"next\"")).isTrue();
      next = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    return found;
  }
}
