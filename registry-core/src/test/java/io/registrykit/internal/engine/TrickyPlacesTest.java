package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.bytes;
import static io.registrykit.internal.engine.TestApi.sha256;
import static io.registrykit.internal.engine.TestApi.sha512;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The places where registries differ, one row for each, and what this one does. */
class TrickyPlacesTest {
  private static final String ZEROS = "0".repeat(64);

  private static DynamicTest row(String point, Consumer<TestApi> check) {
    return DynamicTest.dynamicTest(point, () -> check.accept(TestApi.open()));
  }

  private static DynamicTest tags(String point, String query, String expected) {
    return row(
        point,
        api -> {
          for (String tag : new String[] {"a", "B", "c", "v1", "V2", "10", "9"}) {
            api.pushManifest("r", tag, "x");
          }
          Answer page = api.get("/v2/r/tags/list" + query).is(200).lacks("Link");
          assertThat(page.text()).isEqualTo("{\"name\":\"r\",\"tags\":[" + expected + "]}");
        });
  }

  @TestFactory
  Stream<DynamicTest> lists() {
    return Stream.of(
        tags("order", "", "\"10\",\"9\",\"B\",\"V2\",\"a\",\"c\",\"v1\""),
        tags("n=0", "?n=0", ""),
        tags("last that does not exist", "?last=b", "\"c\",\"v1\""),
        tags("last past the end", "?last=zz", ""),
        tags("exactly n left", "?n=2&last=a", "\"c\",\"v1\""),
        row(
            "n that is no number",
            api -> {
              api.pushManifest("r", "v1", "x");
              api.get("/v2/r/tags/list?n=-1").fails(400, "PAGINATION_NUMBER_INVALID");
              api.get("/v2/r/tags/list?n=abc").fails(400, "PAGINATION_NUMBER_INVALID");
            }),
        row(
            "after the last tag went",
            api -> {
              Digest digest = api.pushManifest("r", "v1", "x");
              api.delete("/v2/r/manifests/" + digest).is(202);
              assertThat(api.get("/v2/r/tags/list").is(200).text()).endsWith("\"tags\":[]}");
            }),
        row(
            "tags of an unknown repository",
            api -> api.get("/v2/r/tags/list").fails(404, "NAME_UNKNOWN")),
        row(
            "referrers in an unknown repository",
            api ->
                api.get("/v2/r/referrers/sha256:" + ZEROS)
                    .is(200)
                    .has("Content-Type", TestApi.INDEX)),
        row(
            "referrers of a bad digest",
            api -> api.get("/v2/r/referrers/sha256:bad").fails(400, "DIGEST_INVALID")));
  }

  @TestFactory
  Stream<DynamicTest> manifests() {
    return Stream.of(
        row(
            "Accept without the stored type",
            api -> {
              api.pushManifest("r", "v1", "x");
              String path = "/v2/r/manifests/v1";
              api.get(path, "Accept", "application/x")
                  .is(200)
                  .has("Content-Type", TestApi.MANIFEST);
              api.get(path, "Accept", "*/*").is(200);
              api.get(path, "Accept", "").is(200);
              api.get(path).is(200);
            }),
        row(
            "Content-Type that is not mediaType",
            api ->
                api.send(
                        "PUT",
                        "/v2/r/manifests/v1",
                        api.manifest("r", "x"),
                        "Content-Type",
                        TestApi.INDEX)
                    .fails(400, "MANIFEST_INVALID")),
        row(
            "no Content-Type",
            api -> {
              api.send("PUT", "/v2/r/manifests/v1", api.manifest("r", "x")).is(201);
              api.send("PUT", "/v2/r/manifests/v1", Bytes.utf8("{\"schemaVersion\":2}"))
                  .fails(400, "MANIFEST_INVALID");
            }),
        row(
            "Content-Type with a charset",
            api -> {
              String type = TestApi.MANIFEST + "; charset=utf-8";
              api.send("PUT", "/v2/r/manifests/v1", api.manifest("r", "x"), "Content-Type", type)
                  .is(201);
              api.get("/v2/r/manifests/v1").has("Content-Type", TestApi.MANIFEST);
            }),
        row(
            "missing blob, missing child, missing subject",
            api -> {
              Bytes complete = api.manifest("r", "x");
              api.putManifest("other", "v1", complete).fails(400, "MANIFEST_BLOB_UNKNOWN");
              api.send("PUT", "/v2/r/manifests/i", index("sha256:" + ZEROS))
                  .fails(400, "MANIFEST_BLOB_UNKNOWN");
              Bytes referrer =
                  api.manifest("r", "x", TestApi.refersTo(sha256(Bytes.empty()), "a/b"));
              api.putManifest("r", "v1", referrer).is(201);
            }),
        row(
            "a missing child of a sparse index",
            api ->
                TestApi.open(RegistryPolicy.strict().withSparseIndexes(true))
                    .send("PUT", "/v2/r/manifests/i", index("sha256:" + ZEROS))
                    .is(201)),
        row(
            "layers that nobody pushes",
            api -> {
              Bytes foreign =
                  Bytes.utf8(
                      api.manifest("r", "x")
                          .toUtf8()
                          .replace(
                              "\"layers\":[",
                              ("\"layers\":[{\"mediaType\":\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\","
                                      + "\"digest\":\"sha256:%s\",\"size\":1,\"urls\":[\"https://example.com/x\"]},")
                                  .formatted(ZEROS)));
              api.putManifest("r", "v1", foreign).is(201);
            }),
        row(
            "bad tag, bad name",
            api -> {
              api.putManifest("r", ".bad", api.manifest("r", "x")).fails(400, "TAG_INVALID");
              api.putManifest("BAD", "v1", TestApi.EMPTY_JSON).fails(400, "NAME_INVALID");
            }),
        row(
            "a manifest of 5 MB",
            api ->
                api.putManifest("r", "v1", api.manifest("r", "x".repeat(5_000_000)))
                    .fails(413, "SIZE_INVALID")),
        row(
            "bytes with whitespace and a last newline",
            api -> {
              Bytes spaced = Bytes.utf8(" \n" + api.manifest("r", "x").toUtf8() + "\n");
              api.putManifest("r", "v1", spaced).is(201);
              assertThat(api.get("/v2/r/manifests/v1").body()).isEqualTo(spaced);
            }));
  }

  private static Bytes index(String child) {
    return Bytes.utf8(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9}]}"
            .formatted(TestApi.INDEX, TestApi.MANIFEST, child));
  }

  @TestFactory
  Stream<DynamicTest> blobs() {
    return Stream.of(
        row(
            "unknown upload",
            api ->
                api.get("/v2/r/blobs/uploads/00000000-0000-4000-8000-000000000000")
                    .fails(404, "BLOB_UPLOAD_UNKNOWN")),
        row(
            "PUT on a list",
            api ->
                api.send("PUT", "/v2/r/tags/list", Bytes.empty())
                    .fails(405, "UNSUPPORTED")
                    .has("Allow", "GET, HEAD")),
        row(
            "a blob that a manifest uses is deleted from this repository alone",
            api -> {
              api.pushManifest("r", "v1", "x");
              api.pushManifest("s", "v1", "x");
              String blob = "/blobs/" + sha256(TestApi.EMPTY_JSON);
              api.delete("/v2/r" + blob).is(202);
              api.get("/v2/r" + blob).fails(404, "BLOB_UNKNOWN");
              api.get("/v2/s" + blob).is(200);
            }),
        row(
            "Location and Range of a new upload",
            api -> {
              Answer started = api.post("/v2/r/blobs/uploads/").is(202).has("Range", "0-0");
              assertThat(started.location()).startsWith("/v2/r/blobs/uploads/");
            }),
        row(
            "an encoded slash",
            api -> {
              api.pushManifest("team/busy", "v1", "x");
              api.get("/v2/team%2Fbusy/tags/list").is(200);
            }),
        row(
            "a piece without a range goes to the end",
            api -> {
              String place = api.startUpload("r");
              api.send("PATCH", place, bytes(10)).is(202).has("Range", "0-9");
              api.send("PATCH", place, bytes(10)).is(202).has("Range", "0-19");
            }),
        row(
            "a piece that is sent again after a time-out",
            api -> {
              String place = api.startUpload("r");
              api.send("PATCH", place, bytes(10), "Content-Range", "0-9").is(202);
              api.send("PATCH", place, bytes(10), "Content-Range", "0-9")
                  .fails(416, "BLOB_UPLOAD_INVALID")
                  .has("Range", "0-9");
            }),
        row(
            "the same bytes under two hashes",
            api -> {
              Bytes content = bytes(10);
              for (Digest digest : new Digest[] {sha256(content), sha512(content)}) {
                api.send("PUT", api.startUpload("r") + "?digest=" + digest, content).is(201);
                api.get("/v2/r/blobs/" + digest).has("Docker-Content-Digest", digest.toString());
              }
            }),
        row(
            "a plus sign in a path stands for itself",
            api -> api.get("/v2/a+b/tags/list").fails(400, "NAME_INVALID")),
        row(
            "a plus sign in a query is a space",
            api ->
                api.send("PUT", api.startUpload("r") + "?digest=sha256+x", Bytes.empty())
                    .fails(400, "DIGEST_INVALID")));
  }
}
