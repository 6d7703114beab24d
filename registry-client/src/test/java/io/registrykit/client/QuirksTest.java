package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.testing.Contents;
import io.registrykit.error.AccessException;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More of what real registries do, one quirk in each test: uploads, manifests, lists, tokens. */
class QuirksTest extends ScriptedTest {
  private static final String MANIFESTS = "/v2/team/app/manifests/";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final RawManifest MANIFEST =
      RawManifest.of(
          MediaType.OCI_MANIFEST,
          Bytes.utf8(
              "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                  + "\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\""
                  + DIGEST
                  + "\",\"size\":5},\"layers\":[]}"));

  private void expectStart(String... headers) {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", headers);
  }

  private void push() {
    app().pushBlob(Contents.content(BYTES));
  }

  private void pushInPieces(int size) {
    use(builder(HostOptions.builder().chunked(size)));
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void aLocationMayBeRelativeToTheRequest() {
    expectStart("Location", "1?x=y");
    expect("PUT " + UPLOADS + "1?x=y&digest=" + DIGEST + " hello", 201, "");
    push();
  }

  @Test
  void aMountAnsweredByASessionIsUploadedThere() {
    expect("HEAD " + BLOB, 404, "");
    expect(
        "POST " + UPLOADS + "?mount=" + DIGEST + "&from=team/base",
        202,
        "",
        "Location",
        UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES), new RepositoryName("team/base"));
  }

  @Test
  void aMountAloneThatIsNotMadeLeavesNoSession() {
    expect(
        "POST " + UPLOADS + "?mount=" + DIGEST + "&from=team/base",
        202,
        "",
        "Location",
        UPLOADS + "1");
    expect("DELETE " + UPLOADS + "1", 204, "");
    assertThat(app().mountBlob(DIGEST, new RepositoryName("team/base"))).isFalse();
  }

  @Test
  void aPutAnsweredBy202IsLookedAfter() {
    expectStart("Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 202, "");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    push();
  }

  @Test
  void aRangeMayCountTheLastPieceOnly() {
    byte[] bytes = Contents.random(1, 2048);
    Digest digest = Contents.digest(bytes);
    use(builder(HostOptions.builder().chunked(1024)));
    String session = UPLOADS + "1";
    expectBytes("HEAD /v2/team/app/blobs/" + digest, 404);
    expectBytes("POST " + UPLOADS, 202, "Location", session);
    expectBytes("PATCH " + session, 202, "Location", session, "Range", "0-1023");
    expectBytes("PATCH " + session, 202, "Location", session, "Range", "0-1023");
    expectBytes("PUT " + session + "?digest=" + digest, 201);
    app().pushBlob(Contents.content(bytes));
  }

  @Test
  void aRangeMayNameItsUnit() {
    expectStart("Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 500, "");
    expect("HEAD " + BLOB, 404, "");
    expect("GET " + UPLOADS + "1", 200, "", "Range", "bytes=0-1");
    expect("PATCH " + UPLOADS + "1 llo", 202, "", "Range", "bytes=0-4");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST, 201, "");
    push();
  }

  @Test
  void anEmptyRangeIsAmbiguousSoTheUploadBeginsAnew() {
    expectStart("Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 503, "");
    expect("HEAD " + BLOB, 404, "");
    expect("GET " + UPLOADS + "1", 204, "", "Range", "0-0");
    expect("DELETE " + UPLOADS + "1", 204, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "2");
    expect("PUT " + UPLOADS + "2?digest=" + DIGEST + " hello", 201, "");
    push();
  }

  @Test
  void aPieceOutOfPlaceGoesOnWhereTheRegistrySays() {
    expectStart("Location", UPLOADS + "1");
    expect("PATCH " + UPLOADS + "1 hello", 416, "", "Location", UPLOADS + "1b", "Range", "0-2");
    expect("PATCH " + UPLOADS + "1b lo", 202, "", "Range", "0-4");
    expect("PUT " + UPLOADS + "1b?digest=" + DIGEST, 201, "");
    pushInPieces(1024);
  }

  @Test
  void aRegistryMayWantLargerPieces() {
    byte[] bytes = Contents.random(2, 3000);
    Digest digest = Contents.digest(bytes);
    use(builder(HostOptions.builder().chunked(1024)));
    expectBytes("HEAD /v2/team/app/blobs/" + digest, 404);
    expectBytes("POST " + UPLOADS, 202, "Location", UPLOADS + "1", "OCI-Chunk-Min-Length", "2000");
    expectBytes("PATCH " + UPLOADS + "1", 202, "Range", "0-1999");
    expectBytes("PATCH " + UPLOADS + "1", 202, "Range", "0-2999");
    expectBytes("PUT " + UPLOADS + "1?digest=" + digest, 201);
    app().pushBlob(digest, new ByteArrayInputStream(bytes));
  }

  @Test
  void aWaitInSecondsIsKeptTo() {
    use(
        builder(HostOptions.builder())
            .retries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5))));
    expect("HEAD " + BLOB, 429, "", "Retry-After", "1");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    long start = System.nanoTime();
    app().blobSize(DIGEST);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void anUploadThatIsPutOffFailsWithTheWait() {
    expectStart("Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 429, "", "Retry-After", "600");
    expect("DELETE " + UPLOADS + "1", 204, "");
    assertThatThrownBy(this::push)
        .isInstanceOfSatisfying(
            LimitException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(10)));
  }

  @Test
  void aRegistryThatLetsAnybodyReadAsksAtTheFirstWrite() {
    use(builder(HostOptions.builder()).credentials(password()));
    String challenge = "Bearer realm=\"http://" + server.host() + "/token\"";
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 401, "", "WWW-Authenticate", challenge);
    expect(
        "GET /token?scope=repository%3Ateam%2Fapp%3Apull%2Cpush&client_id=registrykit&account=me",
        200, "{\"token\":\"t\"}");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 201, "");
    push();
    assertThat(authorizations).endsWith("Bearer t", "Bearer t");
  }

  @Test
  void ofTwoChallengesTheTokenServerIsTaken() {
    use(builder(HostOptions.builder()).credentials(password()));
    expect(
        "HEAD " + BLOB,
        401,
        "",
        "WWW-Authenticate",
        "Basic realm=\"x\"",
        "WWW-Authenticate",
        "Bearer realm=\"http://" + server.host() + "/token\"");
    expect(
        "GET /token?scope=repository%3Ateam%2Fapp%3Apull&client_id=registrykit&account=me",
        200, "{\"token\":\"t\",\"expires_in\":null}");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    app().blobSize(DIGEST);
    assertThat(authorizations).last().isEqualTo("Bearer t");
  }

  @Test
  void aRefusalWithoutAChallengeIsOne() {
    expect("HEAD " + BLOB, 401, "");
    assertThatThrownBy(() -> app().blobSize(DIGEST)).isInstanceOf(AccessException.class);
  }

  @Test
  void anIdentityTokenGoesNowhereWhenOnlyGetIsTaken() {
    use(
        builder(HostOptions.builder())
            .credentials(
                CredentialProvider.of(server.host(), new RegistryCredentials.IdentityToken("r"))));
    String challenge = "Bearer realm=\"http://" + server.host() + "/token\"";
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
    expect(
        "POST /token grant_type=refresh_token&client_id=registrykit"
            + "&scope=repository%3Ateam%2Fapp%3Apull&refresh_token=r",
        405, "");
    assertThatThrownBy(() -> app().blobSize(DIGEST))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("405")
        .hasMessageNotContaining("refresh_token=r");
  }

  @Test
  void aTypeWithParametersOrNoneIsReadFromTheManifest() {
    String text = MANIFEST.content().toUtf8();
    String type = MANIFEST.mediaType().value();
    expect("GET " + MANIFESTS + "a", 200, text, "Content-Type", type + "; charset=utf-8");
    expect("GET " + MANIFESTS + "a", 200, text, "Content-Type", "application/octet-stream");
    expect("GET " + MANIFESTS + "a", 200, text, "Content-Type", "application/json");
    expect("GET " + MANIFESTS + "a", 200, text);
    for (int i = 0; i < 4; i++) {
      assertThat(app().manifest(new Tag("a"))).contains(MANIFEST);
    }
  }

  @Test
  void aHeadThatSaysTooLittleBecomesAGet() {
    String type = MANIFEST.mediaType().value();
    for (int status : new int[] {405, 200}) {
      expect("HEAD " + MANIFESTS + "a", status, "", "Content-Type", type);
      expect("GET " + MANIFESTS + "a", 200, MANIFEST.content().toUtf8(), "Content-Type", type);
      assertThat(app().describe(new Tag("a")).orElseThrow().digest()).isEqualTo(MANIFEST.digest());
    }
  }

  @Test
  void aManifestThatIsNotWhatItsHeaderSaysIsRefused() {
    expect(
        "GET " + MANIFESTS + "a",
        200,
        MANIFEST.content().toUtf8(),
        "Content-Type",
        MANIFEST.mediaType().value(),
        "Docker-Content-Digest",
        DIGEST.toString());
    assertThatThrownBy(() -> app().manifest(new Tag("a")))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void severalTagsGoOneByOneWhereTheRegistryTakesOne() {
    String body = " " + MANIFEST.content().toUtf8();
    expect("PUT " + MANIFESTS + MANIFEST.digest() + "?tag=a&tag=b" + body, 201, "", "OCI-Tag", "a");
    expect("PUT " + MANIFESTS + "b" + body, 201, "");
    app().pushManifest(MANIFEST, Set.of(new Tag("a"), new Tag("b")));
  }

  @Test
  void aManifestOfSha512GoesByItsDigest() {
    RawManifest raw =
        new RawManifest(
            MANIFEST.mediaType(),
            MANIFEST.content().digest(DigestAlgorithm.SHA512),
            MANIFEST.content());
    String body = " " + MANIFEST.content().toUtf8();
    expect("PUT " + MANIFESTS + raw.digest() + "?tag=a" + body, 201, "", "OCI-Tag", "a");
    app().pushManifest(raw, Set.of(new Tag("a")));
  }

  @Test
  void aRepositoryWithoutTagsMayBeUnknown() {
    expect("GET /v2/team/app/tags/list?n=5", 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}");
    assertThat(app().tags(PageRequest.first(5))).isEqualTo(Page.empty());
  }

  private static String referrer(int number) {
    Digest digest = Contents.digest(new byte[] {(byte) number});
    return "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
        + digest
        + "\",\"size\":1,\"artifactType\":\"application/x."
        + (number % 2 == 0 ? "even" : "odd")
        + "\"}";
  }

  private static String index(String... entries) {
    return "{\"schemaVersion\":2,\"mediaType\":\""
        + INDEX
        + "\",\"manifests\":["
        + String.join(",", entries)
        + "]}";
  }

  @Test
  void referrersComeInPagesAndAreFilteredHere() {
    String first = "/v2/team/app/referrers/" + DIGEST;
    expect(
        "GET " + first,
        200,
        index(referrer(1), referrer(2)),
        "Content-Type",
        INDEX,
        "Link",
        "<http://" + server.host() + first + "?p=2>; rel=\"next\"");
    expect("GET " + first + "?p=2", 200, index(referrer(3)), "Content-Type", INDEX);
    List<Descriptor> odd =
        app().referrers(DIGEST, new MediaType("application/x.odd"), PageRequest.first(10)).items();
    assertThat(odd)
        .extracting(Descriptor::digest)
        .containsExactlyInAnyOrder(
            Contents.digest(new byte[] {1}), Contents.digest(new byte[] {3}));
  }

  @Test
  void aNextPageAtAnotherHostIsRefused() {
    expect(
        "GET /v2/team/app/referrers/" + DIGEST,
        200,
        index(referrer(1)),
        "Content-Type",
        INDEX,
        "Link",
        "<http://evil.example/v2/>; rel=\"next\"");
    assertThatThrownBy(() -> app().referrers(DIGEST, null, PageRequest.first(10)))
        .isInstanceOf(AccessException.class);
  }

  @Test
  void aWebPageForReferrersMeansThatThereAreNone() {
    expect("GET /v2/team/app/referrers/" + DIGEST, 200, "<html>", "Content-Type", "text/html; x=y");
    expect("GET " + MANIFESTS + "sha256-" + DIGEST.hex(), 404, "");
    assertThat(app().referrers(DIGEST, null, PageRequest.first(5)).items()).isEmpty();
  }
}
