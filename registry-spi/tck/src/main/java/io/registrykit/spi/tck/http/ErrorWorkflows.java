package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is refused, and how. */
abstract class ErrorWorkflows extends Workflows {
  private static final String ABSENT = sha256(content(9, 9));

  @Test
  void knowNoBlob() throws Exception {
    pushBlob(content(1, 1));
    expectError(404, "BLOB_UNKNOWN", wire.get(blobs(ABSENT)));
  }

  @Test
  void knowNoManifest() throws Exception {
    pushManifest("v1", manifest("one"));
    expectError(404, "MANIFEST_UNKNOWN", wire.get(manifests("v2"), "Accept", MANIFEST));
    expectError(404, "MANIFEST_UNKNOWN", wire.get(manifests(ABSENT), "Accept", MANIFEST));
  }

  @Test
  void giveNoBlobOfAnotherRepository() throws Exception {
    String digest = pushBlob(content(1, 100));
    repository = newRepository();
    pushBlob(content(2, 2));
    expectError(404, "BLOB_UNKNOWN", wire.get(blobs(digest)));
  }

  @Test
  void takeNoManifestThatIsNoManifest() throws Exception {
    for (String body : new String[] {"", "{", "[]", "\"text\""}) {
      int status = wire.put(manifests("v1"), utf8(body), "Content-Type", MANIFEST).statusCode();
      assertEquals(400, status, body);
    }
    expect(404, wire.get(manifests("v1"), "Accept", MANIFEST));
  }

  @Test
  void takeNoManifestUnderTheDigestOfAnother() throws Exception {
    byte[] manifest = manifest("one");
    expectError(
        400, "DIGEST_INVALID", wire.put(manifests(ABSENT), manifest, "Content-Type", MANIFEST));
    expect(404, wire.get(manifests(ABSENT), "Accept", MANIFEST));
  }

  @Test
  void takeNoNameThatBreaksTheGrammar() throws Exception {
    for (String name : new String[] {"Upper/case", "a/../b", "a//b", "_under", "a/b-"}) {
      int status = wire.post("/v2/" + name + "/blobs/uploads/", new byte[0]).statusCode();
      assertTrue(status == 400 || status == 404, name + ": " + status);
    }
    startUpload();
  }

  @Test
  void takeNoTagThatBreaksTheGrammar() throws Exception {
    byte[] manifest = manifest("one");
    for (String tag : new String[] {".dot", "-dash", "a".repeat(129)}) {
      int status = wire.put(manifests(tag), manifest, "Content-Type", MANIFEST).statusCode();
      assertTrue(status == 400 || status == 404, tag + ": " + status);
    }
  }
}
