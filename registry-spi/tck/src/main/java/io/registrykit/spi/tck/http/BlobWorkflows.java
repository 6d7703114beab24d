package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Every way to push a blob, and pulling it. */
abstract class BlobWorkflows extends Workflows {
  private static final byte[] CONTENT = content(1, 100_000);
  private static final String DIGEST = sha256(CONTENT);

  @Test
  void answersAtItsRoot() throws Exception {
    HttpResponse<byte[]> root = wire.get("/v2/");
    assertEquals(200, root.statusCode());
    expect(404, wire.head(blobs(DIGEST)));
  }

  @Test
  void takesABlobByPostAndPut() throws Exception {
    HttpResponse<byte[]> pushed =
        expect(201, wire.put(withDigest(startUpload(), DIGEST), CONTENT, "Content-Type", OCTETS));
    assertArrayEquals(
        CONTENT, expect(200, wire.get(header(pushed, "Location"))).body(), "at its Location");
    assertBlob(CONTENT);
  }

  @Test
  void takesABlobByOnePost() throws Exception {
    String uploads = "/v2/" + repository + "/blobs/uploads/?digest=" + DIGEST;
    HttpResponse<byte[]> pushed = wire.post(uploads, CONTENT, "Content-Type", OCTETS);
    assumeTrue(pushed.statusCode() != 202, "the registry does not take a blob by one POST");
    expect(201, pushed);
    assertBlob(CONTENT);
  }

  @Test
  void takesABlobAsAStreamOfUnknownLength() throws Exception {
    HttpResponse<byte[]> patched =
        wire.send(
            "PATCH",
            startUpload(),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(CONTENT)),
            "Content-Type",
            OCTETS);
    expect(202, patched);
    expect(201, wire.put(withDigest(header(patched, "Location"), DIGEST), new byte[0]));
    assertBlob(CONTENT);
  }

  @Test
  void takesABlobOfNoBytes() throws Exception {
    pushBlob(new byte[0]);
    assertBlob(new byte[0]);
  }

  @Test
  void takesABlobTwice() throws Exception {
    pushBlob(CONTENT);
    pushBlob(CONTENT);
    assertBlob(CONTENT);
  }

  @Test
  void takesABlobUnderSha512() throws Exception {
    String digest = Digest.of(DigestAlgorithm.SHA512, CONTENT).toString();
    expect(201, wire.put(withDigest(startUpload(), digest), CONTENT, "Content-Type", OCTETS));
    assertArrayEquals(CONTENT, expect(200, wire.get(blobs(digest))).body());
  }

  @Test
  void tellsOfABlobWithoutItsBytes() throws Exception {
    pushBlob(CONTENT);
    HttpResponse<byte[]> head = expect(200, wire.head(blobs(DIGEST)));
    assertEquals("100000", header(head, "Content-Length"));
    assertEquals(DIGEST, header(head, "Docker-Content-Digest"));
    assertEquals(0, head.body().length);
  }

  @Test
  void mountsABlobOfAnotherRepository() throws Exception {
    pushBlob(CONTENT);
    String from = repository;
    repository = newRepository();
    String uploads = "/v2/" + repository + "/blobs/uploads/?mount=" + DIGEST + "&from=" + from;
    HttpResponse<byte[]> mounted = wire.post(uploads, new byte[0]);
    assumeTrue(mounted.statusCode() != 202, "the registry does not mount");
    expect(201, mounted);
    assertBlob(CONTENT);
  }

  @Test
  void startsAnUploadWhereItCannotMount() throws Exception {
    String uploads = "/v2/" + repository + "/blobs/uploads/?mount=" + DIGEST + "&from=";
    HttpResponse<byte[]> started = expect(202, wire.post(uploads + newRepository(), new byte[0]));
    String location = withDigest(header(started, "Location"), DIGEST);
    expect(201, wire.put(location, CONTENT, "Content-Type", OCTETS));
    assertBlob(CONTENT);
  }

  @Test
  void deletesABlob() throws Exception {
    pushBlob(CONTENT);
    HttpResponse<byte[]> deleted = wire.delete(blobs(DIGEST));
    assumeTrue(deleted.statusCode() != 405, "the registry does not delete blobs");
    expect(202, deleted);
    expect(404, wire.get(blobs(DIGEST)));
  }

  @Test
  void takesNamesWithTheWordsOfThePath() throws Exception {
    repository = newRepository() + "/blobs/uploads/manifests/v1";
    pushBlob(CONTENT);
    assertBlob(CONTENT);
  }
}
