package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Manifests and tags. */
abstract class ManifestWorkflows extends Workflows {

  private void assertManifest(String reference, byte[] content, String mediaType) throws Exception {
    HttpResponse<byte[]> pulled = expect(200, wire.get(manifests(reference), "Accept", mediaType));
    assertArrayEquals(content, pulled.body());
    assertEquals(mediaType, header(pulled, "Content-Type"));
    assertEquals(sha256(content), header(pulled, "Docker-Content-Digest"));
    HttpResponse<byte[]> head = expect(200, wire.head(manifests(reference), "Accept", mediaType));
    assertEquals(Integer.toString(content.length), header(head, "Content-Length"));
    assertEquals(mediaType, header(head, "Content-Type"));
    assertEquals(0, head.body().length);
  }

  @Test
  void arePushedUnderATag() throws Exception {
    byte[] manifest = manifest("one");
    HttpResponse<byte[]> pushed = pushManifest("v1", manifest);
    assertArrayEquals(
        manifest, expect(200, wire.get(header(pushed, "Location"), "Accept", MANIFEST)).body());
    assertManifest("v1", manifest, MANIFEST);
    assertManifest(sha256(manifest), manifest, MANIFEST);
  }

  @Test
  void arePushedUnderTheirDigest() throws Exception {
    byte[] manifest = manifest("one");
    pushManifest(sha256(manifest), manifest);
    assertManifest(sha256(manifest), manifest, MANIFEST);
  }

  @Test
  void keepTagsThatDifferInCaseApart() throws Exception {
    byte[] upper = manifest("upper");
    byte[] lower = manifest("lower");
    pushManifest("V1", upper);
    pushManifest("v1", lower);
    assertManifest("V1", upper, MANIFEST);
    assertManifest("v1", lower, MANIFEST);
  }

  @Test
  void leaveATagThatMoves() throws Exception {
    byte[] one = manifest("one");
    byte[] two = manifest("two");
    pushManifest("v1", one);
    pushManifest("v1", two);
    assertManifest("v1", two, MANIFEST);
    assertManifest(sha256(one), one, MANIFEST);
  }

  @Test
  void mayBeIndexes() throws Exception {
    byte[] child = manifest("child");
    pushManifest(sha256(child), child);
    byte[] index =
        utf8(
            """
            {"schemaVersion":2,"mediaType":"%s",
             "manifests":[{"mediaType":"%s","digest":"%s","size":%d}]}
            """
                .formatted(INDEX, MANIFEST, sha256(child), child.length));
    expect(201, wire.put(manifests("multi"), index, "Content-Type", INDEX));
    assertManifest("multi", index, INDEX);
  }

  @Test
  void goWithTheirTagsWhenTheyAreDeleted() throws Exception {
    byte[] manifest = manifest("one");
    pushManifest("v1", manifest);
    HttpResponse<byte[]> deleted = wire.delete(manifests(sha256(manifest)));
    assumeTrue(deleted.statusCode() != 405, "the registry does not delete manifests");
    expect(202, deleted);
    expect(404, wire.get(manifests(sha256(manifest)), "Accept", MANIFEST));
    expect(404, wire.get(manifests("v1"), "Accept", MANIFEST));
  }

  @Test
  void stayWhenATagIsDeleted() throws Exception {
    byte[] manifest = manifest("one");
    pushManifest("v1", manifest);
    HttpResponse<byte[]> deleted = wire.delete(manifests("v1"));
    assumeTrue(
        deleted.statusCode() != 405 && deleted.statusCode() != 400,
        "the registry does not delete tags");
    expect(202, deleted);
    expect(404, wire.get(manifests("v1"), "Accept", MANIFEST));
    assertManifest(sha256(manifest), manifest, MANIFEST);
  }
}
