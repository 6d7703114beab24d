package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.bytes;
import static io.registrykit.internal.engine.TestApi.sha256;
import static io.registrykit.internal.engine.TestApi.sha512;
import static io.registrykit.internal.engine.TestApi.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobOperationsTest {
  private final TestApi api = TestApi.open();
  private final Bytes content = bytes(3000);
  private final Digest digest = api.pushBlob("team/app", content);
  private final String path = "/v2/team/app/blobs/" + digest;

  @Test
  void getHasTheBytesAndEveryHeader() {
    Answer answer = api.get(path).is(200);

    assertThat(answer.body()).isEqualTo(content);
    answer
        .has("Content-Type", "application/octet-stream")
        .has("Docker-Content-Digest", digest.toString())
        .has("ETag", "\"" + digest + "\"")
        .has("Accept-Ranges", "bytes");
  }

  @Test
  void headHasTheHeadersOfGet() {
    assertThat(api.head(path).is(200).headers()).isEqualTo(api.get(path).headers());
  }

  @Test
  void anEmptyBlobHasItsLength() {
    Digest empty = api.pushBlob("team/app", Bytes.empty());

    api.head("/v2/team/app/blobs/" + empty).is(200).has("Content-Length", "0");
    api.get("/v2/team/app/blobs/" + empty).is(200).has("Content-Length", "0");
  }

  @Test
  void theDigestIsTheOneThatWasAskedFor() {
    Digest long512 = sha512(content);
    api.send("POST", "/v2/team/app/blobs/uploads/?digest=" + long512, content).is(201);

    api.get("/v2/team/app/blobs/" + long512).is(200).has("Docker-Content-Digest", "" + long512);
    api.get(path).is(200).has("Docker-Content-Digest", digest.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=500-1499, 500, 1500",
    "bytes=500-, 500, 3000",
    "bytes=-500, 2500, 3000",
    "bytes=2000-5000, 2000, 3000",
    "bytes=0-4194303, 0, 3000",
    "bytes=0-0, 0, 1",
    "bytes=-5000, 0, 3000",
    "BYTES=1-2, 1, 3",
    "bytes=2999-99999999999999999999999, 2999, 3000"
  })
  void aRangeIsServed(String range, int from, int to) {
    Answer answer = api.get(path, "Range", range).is(206);

    assertThat(answer.body()).isEqualTo(slice(content, from, to));
    answer
        .has("Content-Range", "bytes " + from + "-" + (to - 1) + "/3000")
        .has("Docker-Content-Digest", digest.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=500-0", "bytes=5000-10000", "bytes=3000-", "bytes=-0", "bytes=3000-3000"})
  void aRangeWithoutBytesIsRefused(String range) {
    api.get(path, "Range", range).fails(416, "RANGE_INVALID").has("Content-Range", "bytes */3000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,5-6", "bytes=", "bytes=x-1", "bytes=-", "bytes=1-x", "lines=1-2", "5"})
  void whatIsNoRangeIsIgnored(String range) {
    assertThat(api.get(path, "Range", range).is(200).body()).isEqualTo(content);
  }

  @Test
  void aRangeIsServedOfTheSameContentOnly() {
    api.get(path, "Range", "bytes=0-9", "If-Range", "\"" + digest + "\"").is(206);
    api.get(path, "Range", "bytes=0-9", "If-Range", "\"sha256:other\"").is(200);
    api.get(path, "Range", "bytes=0-9", "If-Range", "W/\"" + digest + "\"").is(200);
  }

  @Test
  void headIgnoresRanges() {
    api.head(path, "Range", "bytes=0-9").is(200).has("Content-Length", "3000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "\"%s\"", "W/\"%s\"", "\"x\", \"%s\"", " \"%s\" ,\"x\""})
  void whatTheCallerHasIsNotSentAgain(String tags) {
    String known = tags.replace("%s", digest.toString());

    api.get(path, "If-None-Match", known).is(304).has("ETag", "\"" + digest + "\"");
    api.head(path, "If-None-Match", known).is(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "%s", "", ",", "\"%s"})
  void whatTheCallerDoesNotHaveIsSent(String tags) {
    api.get(path, "If-None-Match", tags.replace("%s", digest.toString())).is(200);
  }

  @Test
  void aBlobOfAnotherRepositoryIsUnknown() {
    api.get("/v2/team/other/blobs/" + digest).fails(404, "BLOB_UNKNOWN");
    api.head("/v2/team/other/blobs/" + digest).is(404);
  }

  @Test
  void aManifestIsNoBlob() {
    Digest manifest = api.pushManifest("team/app", "v1", "x");

    api.get("/v2/team/app/blobs/" + manifest).fails(404, "BLOB_UNKNOWN");
    api.head("/v2/team/app/blobs/" + manifest).is(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:short",
        "sha256:",
        "sha256",
        ":",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256:DF3E129A722A865CC3539B4E69507BAD9DDD6FBE68F557FBEFCE3C3D1A5AA3A9",
        "sha256:%2e%2e%2f"
      })
  void aBadDigestIsRefused(String text) {
    api.get("/v2/team/app/blobs/" + text).fails(400, "DIGEST_INVALID");
    api.head("/v2/team/app/blobs/" + text).is(400);
    api.delete("/v2/team/app/blobs/" + text).fails(400, "DIGEST_INVALID");
  }

  @Test
  void aDigestMayBeEncoded() {
    api.get("/v2/team%2Fapp/blobs/" + TestApi.encoded(digest)).is(200);
  }

  @Test
  void aDeletedBlobIsGoneAtOnceAndStaysElsewhere() {
    api.pushBlob("team/other", content);

    api.delete(path).is(202);

    api.head(path).is(404);
    api.delete(path).fails(404, "BLOB_UNKNOWN");
    api.get("/v2/team/other/blobs/" + digest).is(200);
  }

  @Test
  void aBlobThatAManifestNamesCanBeDeleted() {
    api.pushManifest("team/app", "v1", "x");

    api.delete("/v2/team/app/blobs/" + sha256(TestApi.EMPTY_JSON)).is(202);

    api.get("/v2/team/app/manifests/v1").is(200);
  }
}
