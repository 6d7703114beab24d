package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.api.Headers;
import io.registrykit.client.testing.Contents;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What registries want of an upload and answer to it, one quirk in each test. */
class UploadQuirksTest extends ScriptedTest {
  private static final String MANIFESTS = "/v2/team/app/manifests/";
  private static final RawManifest INDEX =
      RawManifest.of(
          MediaType.OCI_INDEX,
          Bytes.utf8(
              "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                  + "\"manifests\":[]}"));

  private void pushInPieces() {
    use(builder(HostOptions.builder().chunked(1024)));
    app().pushBlob(Contents.content(BYTES));
  }

  private Optional<String> sent(int request, String header) {
    return requests.get(request).first(header);
  }

  /** Azure takes neither chunked encoding nor a range with a unit, and others want a length. */
  @Test
  void everyRequestSaysHowLongItIsAndPiecesWhereTheyStand() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1?_nouploadcache=false&_state=x_-");
    expect(
        "PATCH " + UPLOADS + "1?_nouploadcache=false&_state=x_- hello",
        202,
        "",
        "Location",
        UPLOADS + "1?_nouploadcache=false&_state=y",
        "Range",
        "0-4");
    expect("PUT " + UPLOADS + "1?_nouploadcache=false&_state=y&digest=" + DIGEST, 201, "");
    pushInPieces();
    assertThat(sent(1, "Content-Length")).contains("0");
    assertThat(sent(2, "Content-Length")).contains("5");
    assertThat(sent(2, "Content-Range")).contains("0-4");
    assertThat(sent(3, "Content-Length")).contains("0");
    assertThat(requests).allMatch(headers -> headers.first("Transfer-Encoding").isEmpty());
  }

  /** Distribution 2.8 looks at no range, and adds what it gets to what it has. */
  @Test
  void bytesThatWereAddedTwiceAreNotKept() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PATCH " + UPLOADS + "1 hello", 202, "", "Range", "0-9");
    expect("GET " + UPLOADS + "1", 204, "", "Range", "0-9");
    expect("DELETE " + UPLOADS + "1", 204, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "2");
    expect("PATCH " + UPLOADS + "2 hello", 202, "", "Range", "0-4");
    expect("PUT " + UPLOADS + "2?digest=" + DIGEST, 201, "");
    pushInPieces();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410})
  void anUploadThatIsNotKnownBeginsAnew(int status) {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 500, "");
    expect("HEAD " + BLOB, 404, "");
    String unknown = "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}";
    expect("GET " + UPLOADS + "1", status, unknown);
    expect("DELETE " + UPLOADS + "1", status, unknown);
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "2");
    expect("PUT " + UPLOADS + "2?digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void aRepositoryThatMustBeMadeFirstIsNotFound() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}");
    assertThatThrownBy(() -> app().pushBlob(Contents.content(BYTES)))
        .isInstanceOf(NotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405})
  void aMountThatIsRefusedInAnyWayBecomesAnUpload(int status) {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS + "?mount=" + DIGEST + "&from=team/base", status, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES), new RepositoryName("team/base"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 405})
  void aHeadThatSaysNoLengthBecomesAGet(int status) {
    expect("HEAD " + BLOB, status, "", "Content-Length", "");
    expect("GET " + BLOB, 200, "hello");
    assertThat(app().blobSize(DIGEST)).hasValue(5);
  }

  @Test
  void tagsThatAreSetMayStandInOneHeader() {
    expect(
        "PUT " + MANIFESTS + INDEX.digest() + "?tag=a&tag=b " + INDEX.content().toUtf8(),
        201,
        "",
        "OCI-Tag",
        "a, b");
    app().pushManifest(INDEX, Set.of(new Tag("a"), new Tag("b")));
  }

  @Test
  void tooManyTagsAtOnceGoOneByOne() {
    String body = " " + INDEX.content().toUtf8();
    expect("PUT " + MANIFESTS + INDEX.digest() + "?tag=a&tag=b" + body, 414, "");
    expect("PUT " + MANIFESTS + INDEX.digest() + body, 201, "");
    expect("PUT " + MANIFESTS + "a" + body, 201, "");
    expect("PUT " + MANIFESTS + "b" + body, 201, "");
    app().pushManifest(INDEX, Set.of(new Tag("a"), new Tag("b")));
  }

  /** Who does not name the type gets another one, or a 404 from Distribution and Azure. */
  @Test
  void aPullNamesAllTypesInOneLine() {
    expect("GET " + MANIFESTS + "a", 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
    assertThat(app().manifest(new Tag("a"))).isEmpty();
    Headers headers = requests.get(0);
    assertThat(headers.all("Accept")).hasSize(1);
    assertThat(headers.first("Accept").orElseThrow().split(", ", -1))
        .containsExactlyInAnyOrder(
            MediaType.OCI_INDEX.value(),
            MediaType.OCI_MANIFEST.value(),
            MediaType.DOCKER_MANIFEST_LIST.value(),
            MediaType.DOCKER_MANIFEST.value(),
            "*/*");
  }
}
