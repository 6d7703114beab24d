package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.internal.embedded.MovableClock;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcrOperationsTest {
  private static final Pattern NAME = Pattern.compile("\\{\"name\":\"([^\"]+)\"");

  private final MovableClock time = SecuredApi.newClock();
  private final TestApi api = open();

  private TestApi open() {
    EmbeddedRegistry registry =
        EmbeddedRegistry.builder().store(MemoryStore.create()).clock(time).build();
    return new TestApi(
        registry, RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build());
  }

  private Answer patch(String target, String body) {
    return api.send("PATCH", target, Bytes.utf8(body));
  }

  private static List<String> names(Answer answer) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(answer.text());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"team/app", "team%2Fapp", "team%2fapp"})
  void showsARepository(String name) {
    api.pushManifest("team/app", "v1", "x");
    time.advance(Duration.ofSeconds(5));
    api.pushManifest("team/app", "v2", "y");

    assertThat(
            api.get("/acr/v1/" + name + "?api-version=2021-07-01", "Host", "reg.example")
                .is(200)
                .text())
        .isEqualTo(
            "{\"registry\":\"reg.example\",\"imageName\":\"team/app\","
                + "\"createdTime\":\"2026-03-01T10:00:00.0000000Z\","
                + "\"lastUpdateTime\":\"2026-03-01T10:00:05.0000000Z\","
                + "\"manifestCount\":2,\"tagCount\":2,\"changeableAttributes\":"
                + "{\"deleteEnabled\":true,\"writeEnabled\":true,\"readEnabled\":true,\"listEnabled\":true}}");
    api.get("/acr/v1/" + name + "/_tags/v1").is(200);
  }

  @Test
  void showsTagsAndManifests() {
    Digest config =
        api.pushBlob(
            "app", Bytes.utf8("{\"os\":\"linux\",\"architecture\":\"arm64\",\"rootfs\":{}}"));
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"%s\",\"size\":52},\"layers\":[]}"
            .formatted(TestApi.MANIFEST, config);
    api.putManifest("app", "v1", Bytes.utf8(manifest)).is(201);
    Digest digest = TestApi.sha256(Bytes.utf8(manifest));

    assertThat(api.get("/acr/v1/app/_tags/v1").is(200).text())
        .contains("\"tag\":{\"name\":\"v1\",\"digest\":\"" + digest + "\"", "\"signed\":false");
    assertThat(api.get("/acr/v1/app/_manifests/" + digest).is(200).text())
        .contains(
            "\"manifest\":{\"digest\":\"" + digest + "\",\"imageSize\":52",
            "\"architecture\":\"arm64\",\"os\":\"linux\"",
            "\"mediaType\":\"" + TestApi.MANIFEST + "\"",
            "\"configMediaType\":\"application/vnd.oci.image.config.v1+json\"",
            "\"tags\":[\"v1\"]");
    String index =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}}]}"
            .formatted(TestApi.INDEX, TestApi.MANIFEST, digest, manifest.length());
    api.send("PUT", "/v2/app/manifests/all", Bytes.utf8(index), "Content-Type", TestApi.INDEX)
        .is(201);
    assertThat(api.get("/acr/v1/app/_manifests").is(200).text())
        .contains(
            "\"references\":[{\"digest\":\""
                + digest
                + "\",\"architecture\":\"arm64\",\"os\":\"linux\"}]");
  }

  @Test
  void listsTagsByTime() {
    for (String tag : List.of("c", "a", "e", "b", "d")) {
      api.pushManifest("app", tag, tag);
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(names(api.get("/acr/v1/app/_tags"))).containsExactly("a", "b", "c", "d", "e");
    assertThat(names(api.get("/acr/v1/app/_tags?orderby=timeasc")))
        .containsExactly("c", "a", "e", "b", "d");
    List<String> paged = new ArrayList<>();
    String next = "/acr/v1/app/_tags?n=2&orderby=timedesc";
    while (next != null) {
      Answer page = api.get(next).is(200);
      paged.addAll(names(page));
      String link = page.headers().first("Link").orElse(null);
      next = link == null ? null : link.substring(1, link.indexOf(">;"));
      if (next != null) {
        assertThat(page.text()).contains("\"link\":\"" + next + "\"");
      }
    }
    assertThat(paged).containsExactly("d", "b", "e", "a", "c");
    api.get("/acr/v1/app/_tags?orderby=size").is(400);
    api.get("/acr/v1/app/_tags?n=0").is(400);
    api.get("/acr/v1/app/_tags?n=99999999999999").is(200);
    api.get("/acr/v1/app/_tags?orderby=timeasc&last=a&lasttime=x").is(400);
  }

  @Test
  void listsTheTagsOfOneManifest() {
    Bytes manifest = api.manifest("app", "x");
    for (String tag : List.of("one", "two", "three")) {
      api.putManifest("app", tag, manifest).is(201);
    }
    api.pushManifest("app", "other", "y");
    String query = "/acr/v1/app/_tags?digest=" + TestApi.encoded(TestApi.sha256(manifest));

    assertThat(names(api.get(query))).containsExactly("one", "three", "two");
    Answer first = api.get(query + "&n=2");
    assertThat(names(first)).containsExactly("one", "three");
    assertThat(first.header("Link")).contains("digest=sha256%3A");
    assertThat(names(api.get(query + "&n=2&last=three"))).containsExactly("two");
  }

  @Test
  void pagesThroughTheCatalogInBothForms() {
    for (String name : List.of("a", "b/c", "d")) {
      api.pushBlob(name, TestApi.EMPTY_JSON);
    }

    api.get("/acr/v1/_catalog?n=2")
        .is(200)
        .has("Link", "</acr/v1/_catalog?last=b%2Fc&n=2>; rel=\"next\"");
    assertThat(api.get("/acr/v1/_catalog?n=2").text())
        .isEqualTo(
            "{\"repositories\":[\"a\",\"b/c\"],\"link\":\"/acr/v1/_catalog?last=b%2Fc&n=2\"}");
    api.get("/acr/v1/_catalog?last=b%2Fc&n=2").is(200).lacks("Link");
  }

  @Test
  void locksHoldOnEveryPath() {
    Digest digest = api.pushManifest("app", "v1", "x");
    String manifest = "/v2/app/manifests/" + digest;
    Bytes other = api.manifest("app", "y");

    patch("/acr/v1/app/_tags/v1", "{\"writeEnabled\":false}").is(200);
    api.putManifest("app", "v1", other).is(405);
    api.delete("/acr/v1/app/_tags/v1").is(405);
    api.delete("/v2/app/manifests/v1").is(405);
    api.delete(manifest).is(405);
    api.putManifest("app", "v2", other).is(201);
    patch("/acr/v1/app/_tags/v1", "{\"writeEnabled\":true,\"listEnabled\":false}").is(200);
    assertThat(names(api.get("/acr/v1/app/_tags"))).containsExactly("v2");
    assertThat(api.get("/v2/app/tags/list").text()).doesNotContain("v1");

    patch("/acr/v1/app/_manifests/" + digest, "{\"readEnabled\":false}").is(200);
    assertThat(api.get(manifest).status()).isEqualTo(405);
    assertThat(api.get("/v2/app/manifests/v1").status()).isEqualTo(405);
    api.get("/acr/v1/app/_manifests/" + digest).is(200);
    patch("/acr/v1/app/_manifests/" + digest, "{\"readEnabled\":true,\"deleteEnabled\":false}")
        .is(200);
    api.delete(manifest).is(405);

    patch("/acr/v1/app", "{\"writeEnabled\":false,\"listEnabled\":false}").is(200);
    api.putManifest("app", "v3", other).is(405);
    api.delete("/acr/v1/app").is(405);
    assertThat(api.get("/v2/_catalog").text()).doesNotContain("app");
    assertThat(api.get("/acr/v1/_catalog").text()).doesNotContain("app");
    patch("/acr/v1/app", "{\"readEnabled\":false}").is(200);
    String blob = TestApi.sha256(TestApi.EMPTY_JSON).toString();
    assertThat(api.get("/v2/app/blobs/" + blob).status()).isEqualTo(405);
    api.post("/v2/thief/blobs/uploads/?from=app&mount=" + blob).is(202);
  }

  @Test
  void deletesWithTheStatusThatClientsAccept() {
    Digest digest = api.pushManifest("app", "v1", "x");
    api.pushManifest("app", "v2", "y");

    assertThat(api.delete("/acr/v1/app/_tags/v1").is(202).body().length()).isZero();
    api.get("/v2/app/manifests/" + digest).is(200);
    api.delete("/acr/v1/app/_tags/v1").fails(404, "MANIFEST_UNKNOWN");
    assertThat(api.delete("/acr/v1/app").is(202).text())
        .contains("\"manifestsDeleted\":[\"sha256:", "\"tagsDeleted\":[\"v2\"]");
    api.delete("/acr/v1/app").fails(404, "NAME_UNKNOWN");
    api.get("/acr/v1/app").fails(404, "NAME_UNKNOWN");
    api.get("/acr/v1/app/_tags").fails(404, "NAME_UNKNOWN");
    api.get("/acr/v1/app/_manifests").fails(404, "NAME_UNKNOWN");
    api.get("/acr/v1/app/_tags/v1").fails(404, "MANIFEST_UNKNOWN");
    api.get("/acr/v1/app/_manifests/" + digest).fails(404, "MANIFEST_UNKNOWN");
    patch("/acr/v1/app", "{\"readEnabled\":false}").fails(404, "NAME_UNKNOWN");
  }

  /** A manifest goes with its tags; what an index names stays. */
  @Test
  void deletingByDigestTakesTheTagsAndLeavesTheChildren() {
    Digest child = api.pushManifest("app", "child", "x");
    Bytes index =
        Bytes.utf8(
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
                .formatted(
                    TestApi.INDEX, TestApi.MANIFEST, child, api.manifest("app", "x").length()));
    for (String tag : List.of("one", "two")) {
      api.send("PUT", "/v2/app/manifests/" + tag, index, "Content-Type", TestApi.INDEX).is(201);
    }
    api.delete("/v2/app/manifests/" + TestApi.sha256(index)).is(202);

    assertThat(names(api.get("/acr/v1/app/_tags"))).containsExactly("child");
    api.get("/v2/app/manifests/one").is(404);
    api.get("/v2/app/manifests/" + child).is(200);
  }

  @Test
  void aPatchThatCannotBeReadChangesNothing() {
    api.pushManifest("app", "v1", "x");
    for (String body :
        List.of("", "[]", "{", "{\"readEnabled\":1}", "{\"readEnabled\":\"false\"}", "null")) {
      patch("/acr/v1/app", body).is(400);
    }
    patch("/acr/v1/app", "{\"unknown\":{},\"readEnabled\":null}").is(200);
    patch("/acr/v1/app", " ".repeat(70_000)).is(413);
    assertThat(api.get("/acr/v1/app").text()).doesNotContain("false");
    api.get("/acr/v1/app/_manifests/v1").is(400);
    api.get("/acr/v1/app/_tags/sha256:1").is(400);
  }
}
