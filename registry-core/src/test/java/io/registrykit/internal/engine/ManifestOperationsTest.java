package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.MANIFEST;
import static io.registrykit.internal.engine.TestApi.sha256;
import static io.registrykit.internal.engine.TestApi.sha512;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.AcceptRule;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.Headers;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestOperationsTest {
  private final TestApi api = TestApi.open();
  private final Bytes manifest = api.manifest("a/b", "one");
  private final Digest digest = sha256(manifest);

  @ParameterizedTest
  @ValueSource(strings = {"v1", "sha256-1234.sig", "%s"})
  void whatWasPushedIsPulledByteForByte(String form) {
    String path = "/v2/a/b/manifests/" + form.replace("%s", digest.toString());

    Answer pushed = api.send("PUT", path, manifest, "Content-Type", MANIFEST).is(201);

    pushed
        .has("Location", "/v2/a/b/manifests/" + digest)
        .has("Docker-Content-Digest", digest.toString())
        .lacks("OCI-Subject")
        .lacks("OCI-Tag");
    for (String place : new String[] {path, pushed.location()}) {
      Answer pulled = api.get(place).is(200);
      assertThat(pulled.body()).isEqualTo(manifest);
      pulled
          .has("Content-Type", MANIFEST)
          .has("Docker-Content-Digest", digest.toString())
          .has("ETag", "\"" + digest + "\"");
      assertThat(api.head(place).is(200).headers()).isEqualTo(pulled.headers());
    }
  }

  @Test
  void bytesAreKeptWithTheirWhitespace() {
    Bytes spaced = Bytes.utf8("\n {  \"x\" : 1,\n" + manifest.toUtf8().substring(1) + "\n\n");

    api.putManifest("a/b", "v1", spaced).is(201);

    assertThat(api.get("/v2/a/b/manifests/v1").body()).isEqualTo(spaced);
  }

  @Test
  void aManifestHasTheDigestItWasPushedWith() {
    Digest long512 = sha512(manifest);
    api.putManifest("a/b", long512 + "?tag=x", manifest)
        .is(201)
        .has("Docker-Content-Digest", long512.toString());

    api.get("/v2/a/b/manifests/x").is(200).has("Docker-Content-Digest", long512.toString());
    api.get("/v2/a/b/manifests/" + long512).is(200);
    api.get("/v2/a/b/manifests/" + digest).fails(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void severalTagsInOnePush() {
    Answer pushed = api.putManifest("a/b", digest + "?tag=1.2.3&tag=1.2&tag=latest", manifest);

    assertThat(pushed.is(201).headers().all("OCI-Tag")).containsExactly("1.2.3", "1.2", "latest");
    for (String tag : new String[] {"1.2.3", "1.2", "latest"}) {
      api.head("/v2/a/b/manifests/" + tag).is(200).has("Docker-Content-Digest", digest.toString());
    }
  }

  @Test
  void tooManyTagsInOnePush() {
    assertThat(api.putManifest("a/b", digest + tags(100), manifest).status()).isEqualTo(201);
    api.putManifest("a/c", digest + tags(101), api.manifest("a/c", "one"))
        .fails(414, "TAG_INVALID");
    api.putManifest("a/b", digest + tags(2000), manifest).fails(414, "UNSUPPORTED");

    api.get("/v2/a/c/manifests/t0").is(404);
  }

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "tag=t" + i)
        .collect(Collectors.joining("&", "?", ""));
  }

  @Test
  void aBadTagAmongSeveralRefusesAll() {
    api.putManifest("a/b", digest + "?tag=ok&tag=not%20ok", manifest).fails(400, "TAG_INVALID");

    api.get("/v2/a/b/manifests/ok").is(404);
  }

  @Test
  void aSubjectIsConfirmed() {
    Digest missing = sha256(Bytes.utf8("missing"));
    Bytes referrer = api.manifest("a/b", "x", TestApi.refersTo(missing, "application/x.sbom"));

    api.putManifest("a/b", "v1", referrer).is(201).has("OCI-Subject", missing.toString());
    api.putManifest("a/b", sha256(referrer).toString(), referrer)
        .is(201)
        .has("OCI-Subject", missing.toString());
  }

  @Test
  void aDigestThatIsNotThatOfTheManifest() {
    api.putManifest("a/b", sha256(Bytes.utf8("x")).toString(), manifest)
        .fails(400, "DIGEST_INVALID");
    api.putManifest("a/b", "sha256:baddigeststring", manifest).fails(400, "DIGEST_INVALID");
    api.get("/v2/a/b/manifests/sha256:baddigeststring").fails(400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.oci.image.manifest.v1+json; charset=utf-8",
    "Application/vnd.oci.image.manifest.v1+json",
  })
  void parametersOfTheTypeAreLeftOut(String type) {
    api.send("PUT", "/v2/a/b/manifests/v1", manifest, "Content-Type", type).is(201);

    assertThat(api.get("/v2/a/b/manifests/v1").header("Content-Type"))
        .isEqualToIgnoringCase(MANIFEST);
  }

  @Test
  void withoutATypeTheManifestSpeaksForItself() {
    api.send("PUT", "/v2/a/b/manifests/v1", manifest).is(201);
    api.get("/v2/a/b/manifests/v1").is(200).has("Content-Type", MANIFEST);

    Bytes untyped =
        Bytes.utf8(manifest.toUtf8().replace("\"mediaType\":\"" + MANIFEST + "\",", ""));
    api.send("PUT", "/v2/a/b/manifests/v2", untyped).fails(400, "MANIFEST_INVALID");
    api.send("PUT", "/v2/a/b/manifests/v2", untyped, "Content-Type", MANIFEST).is(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/vnd.oci.image.index.v1+json", "text/plain", "nonsense", "", "a/b/c"})
  void aTypeThatIsNotThatOfTheManifest(String type) {
    api.send("PUT", "/v2/a/b/manifests/v1", manifest, "Content-Type", type)
        .fails(400, "MANIFEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{", "[]", "{}", "null", "{\"schemaVersion\":1}"})
  void whatIsNoManifest(String content) {
    api.putManifest("a/b", "v1", Bytes.utf8(content)).fails(400, "MANIFEST_INVALID");
  }

  @Test
  void everyMissingBlobIsNamed() {
    Answer refused = api.putManifest("a/new", "v1", manifest).fails(400, "MANIFEST_BLOB_UNKNOWN");

    assertThat(refused.text()).contains(sha256(TestApi.EMPTY_JSON).toString());
    assertThat(api.exists("a/new")).isFalse();
  }

  @Test
  void withoutLength() {
    api.stream("PUT", "/v2/a/b/manifests/v1", manifest, "Content-Type", MANIFEST).is(201);
  }

  @Test
  void anEarlyEndIsNotTheEndOfTheManifest() {
    api.send(
            "PUT",
            "/v2/a/b/manifests/v1",
            Headers.of("Content-Type", MANIFEST),
            manifest.asInputStream(),
            manifest.length() + 1)
        .fails(400, "SIZE_INVALID");
    api.send(
            "PUT",
            "/v2/a/b/manifests/v1",
            Headers.of("Content-Type", MANIFEST),
            new BreakingStream(manifest),
            manifest.length() + 1)
        .fails(400, "SIZE_INVALID");
  }

  @Test
  void aManifestOverTheLimit() {
    TestApi small = TestApi.open(RegistryPolicy.strict().withMaxManifestBytes(1000));
    Bytes large = small.manifest("a/b", "x".repeat(1000));

    small.putManifest("a/b", "v1", large).fails(413, "SIZE_INVALID");
    small.stream("PUT", "/v2/a/b/manifests/v1", large, "Content-Type", MANIFEST)
        .fails(413, "SIZE_INVALID");
    small.putManifest("a/b", "v1", small.manifest("a/b", "x")).is(201);
  }

  @Test
  void aManifestOfFourMillionBytesIsTaken() {
    Bytes large = api.manifest("a/b", "x".repeat(4_000_000 - manifest.length()));

    api.putManifest("a/b", "v1", large).is(201);

    assertThat(api.get("/v2/a/b/manifests/v1").is(200).body()).isEqualTo(large);
  }

  @ParameterizedTest
  @ValueSource(strings = {".INVALID_MANIFEST_NAME", "none", "-x", "a@b", "a%2Fb"})
  void whatIsNotThereIsUnknown(String tag) {
    api.putManifest("a/b", "v1", manifest).is(201);

    api.get("/v2/a/b/manifests/" + tag).fails(404, "MANIFEST_UNKNOWN");
    api.head("/v2/a/b/manifests/" + tag).is(404);
    api.delete("/v2/a/b/manifests/" + tag).fails(404, "MANIFEST_UNKNOWN");
    api.get("/v2/a/new/manifests/" + tag).fails(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {".INVALID_MANIFEST_NAME", "-x", "a@b"})
  void aBadTagIsNotPushed(String tag) {
    api.putManifest("a/b", tag, manifest).fails(400, "TAG_INVALID");
    api.putManifest("a/b", "x".repeat(129), manifest).fails(400, "TAG_INVALID");
  }

  @Test
  void tagsAreCaseSensitive() {
    api.pushManifest("a/b", "V1", "upper");
    api.pushManifest("a/b", "v1", "lower");

    assertThat(api.get("/v2/a/b/manifests/V1").text()).contains("upper");
    assertThat(api.get("/v2/a/b/manifests/v1").text()).contains("lower");
  }

  @Test
  void deletingATagKeepsTheManifest() {
    api.putManifest("a/b", digest + "?tag=x&tag=y", manifest).is(201);

    api.delete("/v2/a/b/manifests/x").is(202);

    api.get("/v2/a/b/manifests/x").fails(404, "MANIFEST_UNKNOWN");
    api.get("/v2/a/b/manifests/y").is(200);
    api.get("/v2/a/b/manifests/" + digest).is(200);
  }

  @Test
  void deletingAManifestTakesItsTags() {
    api.putManifest("a/b", digest + "?tag=x&tag=y", manifest).is(201);

    api.delete("/v2/a/b/manifests/" + digest).is(202);

    api.head("/v2/a/b/manifests/x").is(404);
    api.head("/v2/a/b/manifests/y").is(404);
    api.delete("/v2/a/b/manifests/" + digest).fails(404, "MANIFEST_UNKNOWN");
    assertThat(api.get("/v2/a/b/tags/list").is(200).text()).contains("\"tags\":[]");
  }

  @Test
  void whatTheCallerHasIsNotSentAgain() {
    api.putManifest("a/b", "v1", manifest).is(201);

    api.get("/v2/a/b/manifests/v1", "If-None-Match", "\"" + digest + "\"").is(304);
    api.head("/v2/a/b/manifests/v1", "If-None-Match", "\"" + digest + "\"").is(304);
    api.get("/v2/a/b/manifests/v1", "If-None-Match", "\"sha256:x\"").is(200);
  }

  @Test
  void whatIsStoredIsServedWhateverTheCallerAccepts() {
    api.putManifest("a/b", "v1", manifest).is(201);

    api.get("/v2/a/b/manifests/v1", "Accept", "application/json").is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "",
        "application/*",
        MANIFEST,
        MANIFEST + ";q=0.1",
        "text/plain, " + MANIFEST,
        "application/vnd.oci.IMAGE.manifest.v1+json"
      })
  void aStrictRegistryServesWhatIsAccepted(String accept) {
    strict().get("/v2/a/b/manifests/v1", "Accept", accept).is(200);
    strict()
        .get(
            "/v2/a/b/manifests/v1",
            "Accept",
            "text/plain",
            "Accept",
            accept.isEmpty() ? "*/*" : accept)
        .is(200);
  }

  @Test
  void aStrictRegistryRefusesOtherTypes() {
    String path = "/v2/a/b/manifests/v1";
    strict().get(path).is(200);
    strict().get(path, "Accept", "application/json").fails(404, "MANIFEST_UNKNOWN");
    strict().head(path, "Accept", "text/*, application/json").is(404);
  }

  private static TestApi strict() {
    TestApi api = TestApi.open(RegistryPolicy.strict().withAcceptRule(AcceptRule.REFUSE_OTHERS));
    api.pushManifest("a/b", "v1", "x");
    return api;
  }
}
