package io.registrykit.internal.engine;

import static io.registrykit.internal.engine.TestApi.bytes;
import static io.registrykit.internal.engine.TestApi.sha256;
import static io.registrykit.internal.engine.TestApi.sha512;
import static io.registrykit.internal.engine.TestApi.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.RegistryPolicy;
import io.registrykit.api.Headers;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadOperationsTest {
  private static final String UPLOADS = "/v2/a/b/blobs/uploads/";

  private final TestApi api = TestApi.open();
  private final Bytes content = bytes(3000);
  private final Digest digest = sha256(content);

  private void assertPushed(Answer finished, Digest expected) {
    finished
        .is(201)
        .has("Location", "/v2/a/b/blobs/" + expected)
        .has("Docker-Content-Digest", expected.toString())
        .has("Content-Length", "0");
    assertThat(api.get(finished.location()).is(200).body()).isEqualTo(content);
  }

  @Test
  void inOneRequest() {
    assertPushed(api.send("POST", UPLOADS + "?digest=" + digest, content), digest);
    assertPushed(
        api.stream("POST", UPLOADS + "?digest=" + sha512(content), content), sha512(content));
  }

  @Test
  void inTwoRequests() {
    Answer started = api.post(UPLOADS).is(202);
    started.has("Range", "0-0").has("Content-Length", "0");
    String id = started.header("Docker-Upload-UUID");
    started.has("Location", UPLOADS + id);

    assertPushed(api.send("PUT", UPLOADS + id + "?digest=" + digest, content), digest);
    api.get(UPLOADS + id).fails(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void inPiecesWithRanges() {
    String place = api.startUpload("a/b");
    api.send("PATCH", place, slice(content, 0, 1000), "Content-Range", "0-999")
        .is(202)
        .has("Range", "0-999")
        .has("Location", place);
    api.send("PATCH", place, slice(content, 1000, 2000), "Content-Range", "bytes 1000-1999/3000")
        .is(202)
        .has("Range", "0-1999");
    api.get(place).is(204).has("Range", "0-1999").has("Location", place);

    assertPushed(
        api.send(
            "PUT",
            place + "?digest=" + digest,
            slice(content, 2000, 3000),
            "Content-Range",
            "2000-2999"),
        digest);
  }

  @Test
  void inAStreamWithoutLengthAndRange() {
    String place = api.startUpload("a/b");
    api.stream("PATCH", place, content).is(202).has("Range", "0-2999");

    assertPushed(api.send("PUT", place + "?digest=" + digest, Bytes.empty()), digest);
  }

  @Test
  void aRangeOnALastRequestWithoutABodyMeansNothing() {
    String place = api.startUpload("a/b");
    api.send("PATCH", place, content).is(202);

    assertPushed(
        api.send("PUT", place + "?digest=" + digest, Bytes.empty(), "Content-Range", "0-2999"),
        digest);
  }

  @Test
  void withAnotherHashThanAnnounced() {
    String place = api.startUpload("a/b");
    api.send("PATCH", place, content).is(202);

    assertPushed(
        api.send("PUT", place + "?digest=" + sha512(content), Bytes.empty()), sha512(content));
  }

  @Test
  void withTheHashAnnounced() {
    String place = api.post(UPLOADS + "?digest-algorithm=sha512").is(202).location();
    api.send("PATCH", place, content).is(202);

    assertPushed(
        api.send("PUT", place + "?digest=" + sha512(content), Bytes.empty()), sha512(content));
    api.post(UPLOADS + "?digest-algorithm=md5").fails(400, "DIGEST_INVALID");
  }

  @Test
  void theStartIsAlsoWithoutTheLastSlash() {
    api.post("/v2/a/b/blobs/uploads").is(202);
  }

  @Test
  void aDigestIsTakenEncodedAndBehindOtherParameters() {
    String place = api.startUpload("a/b");

    assertPushed(
        api.send("PUT", place + "?_state=x&digest=" + TestApi.encoded(digest), content), digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1500-1999", "0-499", "999-1498", "1001-1500"})
  void aPieceOutOfOrderIsRefusedAndNothingOfItStays(String range) {
    String place = api.startUpload("a/b");
    api.send("PATCH", place, slice(content, 0, 1000), "Content-Range", "0-999").is(202);

    for (String method : new String[] {"PATCH", "PUT"}) {
      api.send(method, place + "?digest=" + digest, bytes(500), "Content-Range", range)
          .fails(416, "BLOB_UPLOAD_INVALID")
          .has("Range", "0-999")
          .has("Location", place)
          .has("Docker-Upload-UUID", place.substring(UPLOADS.length()));
    }

    api.get(place).is(204).has("Range", "0-999");
    assertPushed(api.send("PUT", place + "?digest=" + digest, slice(content, 1000, 3000)), digest);
  }

  @Test
  void aFirstPieceThatSkipsAheadIsRefused() {
    String place = api.startUpload("a/b");

    api.send("PATCH", place, bytes(100), "Content-Range", "100-199")
        .fails(416, "BLOB_UPLOAD_INVALID");

    api.get(place).is(204).has("Range", "0-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a-b", "5", "-5", "5-", "9-3", "0--1", "bytes */5", "0-99/x", "0 - 99"})
  void aMalformedRangeIsRefused(String range) {
    String place = api.startUpload("a/b");

    api.send("PATCH", place, bytes(100), "Content-Range", range).fails(400, "BLOB_UPLOAD_INVALID");

    api.get(place).is(204).has("Range", "0-0");
  }

  @Test
  void aRangeOfAnotherLengthThanTheBodyIsRefused() {
    String place = api.startUpload("a/b");
    api.send("PATCH", place, slice(content, 0, 1000)).is(202);

    api.send("PATCH", place, bytes(100), "Content-Range", "1000-1100").fails(400, "SIZE_INVALID");
    api.stream("PATCH", place, bytes(100), "Content-Range", "1000-1100").fails(400, "SIZE_INVALID");
    api.stream("PATCH", place, bytes(100), "Content-Range", "1000-1098").fails(400, "SIZE_INVALID");
    api.stream("PUT", place + "?digest=" + digest, bytes(100), "Content-Range", "1000-1100")
        .fails(400, "SIZE_INVALID");

    api.get(place).is(204).has("Range", "0-999");
    assertPushed(api.send("PUT", place + "?digest=" + digest, slice(content, 1000, 3000)), digest);
  }

  @Test
  void anEarlyEndOfTheBodyIsNotTheEndOfTheBlob() {
    Bytes half = slice(content, 0, 1500);
    String place = api.startUpload("a/b");
    Headers none = Headers.empty();

    api.send("PATCH", place, none, half.asInputStream(), 3000).fails(400, "SIZE_INVALID");
    api.send("PUT", place + "?digest=" + sha256(half), none, half.asInputStream(), 3000)
        .fails(400, "SIZE_INVALID");
    api.get(place).is(204).has("Range", "0-0");
    api.send("POST", UPLOADS + "?digest=" + sha256(half), none, half.asInputStream(), 3000)
        .fails(400, "SIZE_INVALID");

    api.get("/v2/a/b/blobs/" + sha256(half)).is(404);
    assertPushed(api.send("PUT", place + "?digest=" + digest, content), digest);
  }

  @Test
  void aBodyLongerThanDeclaredIsRefused() {
    String place = api.startUpload("a/b");

    api.send("PATCH", place, Headers.empty(), content.asInputStream(), 100)
        .fails(400, "SIZE_INVALID");

    api.get(place).is(204).has("Range", "0-0");
  }

  @Test
  void aBodyThatBreaksLeavesTheUploadAsItWas() {
    String place = api.startUpload("a/b");
    api.send("PATCH", place, slice(content, 0, 1000)).is(202);

    Answer broken = api.send("PATCH", place, Headers.empty(), new BreakingStream(bytes(500)), 900);

    broken.fails(400, "SIZE_INVALID");
    api.get(place).is(204).has("Range", "0-999");
    assertPushed(api.send("PUT", place + "?digest=" + digest, slice(content, 1000, 3000)), digest);
  }

  @Test
  void aWrongDigestIsRefusedAndTheUploadGoesOn() {
    String wrong = "?digest=" + sha256(bytes(1));
    api.send("POST", UPLOADS + wrong, content).fails(400, "DIGEST_INVALID");
    String place = api.startUpload("a/b");
    api.send("PATCH", place, slice(content, 0, 1000)).is(202);

    api.send("PUT", place + wrong, slice(content, 1000, 3000)).fails(400, "DIGEST_INVALID");

    api.get(place).is(204).has("Range", "0-999");
    assertPushed(api.send("PUT", place + "?digest=" + digest, slice(content, 1000, 3000)), digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?digest=", "?digest=sha256:x", "?digest=md5:00", "?other=1"})
  void withoutAGoodDigestNothingIsFinished(String query) {
    String place = api.startUpload("a/b");

    api.send("PUT", place + query, content).fails(400, "DIGEST_INVALID");

    api.get(place).is(204);
  }

  @Test
  void anUploadCanBeCancelled() {
    String place = api.startUpload("a/b");

    api.delete(place).is(204);

    api.get(place).fails(404, "BLOB_UPLOAD_UNKNOWN");
    api.delete(place).fails(404, "BLOB_UPLOAD_UNKNOWN");
    api.send("PATCH", place, content).fails(404, "BLOB_UPLOAD_UNKNOWN");
    api.send("PUT", place + "?digest=" + digest, content).fails(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000-0000-0000-0000-00000000000", "..x", "A"})
  void anIdThatIsNoneIsUnknown(String id) {
    api.get(UPLOADS + id).fails(404, "BLOB_UPLOAD_UNKNOWN");
    api.get(UPLOADS + UUID.randomUUID()).fails(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void anUploadOfAnotherRepositoryIsUnknown() {
    String id = api.startUpload("a/b").substring(UPLOADS.length());

    api.get("/v2/a/c/blobs/uploads/" + id).fails(404, "BLOB_UPLOAD_UNKNOWN");
    api.delete("/v2/a/blobs/uploads/" + id).fails(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void aBlobOverTheLimitIsRefusedBeforeAndWhileItComes() {
    TestApi small = TestApi.open(RegistryPolicy.strict().withMaxBlobBytes(2000));
    String place = small.startUpload("a/b");

    small.send("PATCH", place, content).fails(413, "SIZE_INVALID");
    small.stream("PATCH", place, content).fails(413, "SIZE_INVALID");
    small.send("POST", UPLOADS + "?digest=" + digest, content).fails(413, "SIZE_INVALID");
    small.stream("POST", UPLOADS + "?digest=" + digest, content).fails(413, "SIZE_INVALID");
    small.get(place).is(204).has("Range", "0-0");
    small.send("PATCH", place, slice(content, 0, 1500)).is(202);
    small.stream("PATCH", place, slice(content, 0, 501)).fails(413, "SIZE_INVALID");
    small.get(place).is(204).has("Range", "0-1499");
    small.send("PATCH", place, slice(content, 0, 500)).is(202).has("Range", "0-1999");
  }
}
