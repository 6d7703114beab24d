package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.ApiRequest;
import io.registrykit.api.Headers;
import io.registrykit.api.Query;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePathTest {
  private final TestApi api = TestApi.open();

  private Answer get(String rawPath) {
    return get(rawPath, "");
  }

  private Answer get(String rawPath, String rawQuery) {
    return Answer.of(
        "GET",
        api.handler()
            .handle(
                new ApiRequest(
                    "GET",
                    rawPath,
                    Query.parse(rawQuery),
                    Headers.empty(),
                    InputStream.nullInputStream(),
                    0,
                    null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/../tags/list",
        "/v2/a/../tags/list",
        "/v2/%2e%2e/tags/list",
        "/v2/%2E%2e%2fa/tags/list",
        "/v2/a%2F..%2Fb/tags/list",
        "/v2/a/./tags/list",
        "/v2/a//b/tags/list",
        "/v2//a/tags/list",
        "//v2/a/tags/list",
        "/v2/a%2F%2Fb/tags/list",
        "/v2/%2Fa/tags/list",
        "/v2/a%2F/tags/list",
        "/v2/a%00/tags/list",
        "/v2/a\u0000/tags/list",
        "/v2/a%01b/tags/list",
        "/v2/a\u0001b/tags/list",
        "/v2/%252e%252e/tags/list",
        "/v2/\u00e9/tags/list",
        "/v2/%C3%A9/tags/list",
        "/v2/a b/tags/list",
        "/v2/a%20b/tags/list",
        "/v2/a+b/tags/list",
        "/v2/UPPER/tags/list",
        "/v2/_a/tags/list",
        "/v2/a_/tags/list",
        "/v2/a___b/tags/list",
        "/v2/a\\b/tags/list",
        "/v2/a%5Cb/tags/list",
        "/v2/a%/tags/list",
        "/v2/a%2/tags/list",
        "/v2/a%zz/tags/list",
        "/v2/a%2",
        "/v2/a;x/tags/list",
        "/v2/a/manifests/..",
        "/v2/a/blobs/uploads/%2e%2e",
        "/v2/\u0661/tags/list"
      })
  void isRefusedByName(String path) {
    get(path).fails(400, "NAME_INVALID");
  }

  @Test
  void aNameThatIsTooLong() {
    assertThat(get("/v2/" + "a".repeat(255) + "/tags/list").status()).isEqualTo(404);
    get("/v2/" + "a".repeat(256) + "/tags/list").fails(400, "NAME_INVALID");
    get("/v2/" + "a".repeat(300) + "/tags/list").fails(400, "NAME_INVALID");
    get("/v2/" + "a/".repeat(5000) + "tags/list").fails(414, "NAME_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v1/",
        "/v2x",
        "/v2/a",
        "/v2/a/",
        "/v2/a/tags",
        "/v2/a/tags/list/",
        "/v2/tags/list",
        "/v2/manifests/v1",
        "/v2/a/manifests/",
        "/v2/_catalog/",
        "/favicon.ico",
        "*"
      })
  void whatIsNoEndpointIsAnErrorLikeOthers(String path) {
    get(path).fails(404, "UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%zz", "n=%1", "%zz=1"})
  void aMalformedQuery(String query) {
    get("/v2/a/tags/list", query).fails(400, "UNSUPPORTED");
  }

  @Test
  void tooLongAQuery() {
    get("/v2/a/tags/list", "last=" + "x".repeat(Query.MAX_LENGTH)).fails(414, "UNSUPPORTED");
    get("/v2/a/tags/list", "a&".repeat(Query.MAX_PARAMETERS + 1)).fails(414, "UNSUPPORTED");
  }

  @Test
  void tooLargeHeaders() {
    api.get("/v2/", "X", "x".repeat(70_000)).fails(431, "UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/blobs/uploads/b",
        "x/manifests",
        "tags/list/y",
        "tags/list",
        "blobs/uploads",
        "manifests/v1/referrers",
        "v2/a",
        "a/blobs/blobs"
      })
  void aNameMayHaveTheWordsOfTheProtocol(String name) {
    String digest = api.pushManifest(name, "v1", "x").toString();

    for (String form : new String[] {name, name.replace("/", "%2F"), name.replace("/", "%2f")}) {
      assertThat(api.get("/v2/" + form + "/tags/list").is(200).text())
          .isEqualTo("{\"name\":\"" + name + "\",\"tags\":[\"v1\"]}");
      api.get("/v2/" + form + "/manifests/" + digest).is(200);
      api.get("/v2/" + form + "/referrers/" + digest).is(200);
      String place = api.startUpload(form);
      assertThat(place).startsWith("/v2/" + name + "/blobs/uploads/");
      api.get(place).is(204);
    }
  }
}
