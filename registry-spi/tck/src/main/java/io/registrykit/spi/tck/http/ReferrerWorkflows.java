package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Manifests that name a subject. */
abstract class ReferrerWorkflows extends Workflows {
  private static final Pattern NO_MANIFESTS = Pattern.compile("\"manifests\"\\s*:\\s*\\[\\s*\\]");
  private static final String SIGNATURE = "application/vnd.example.signature";
  private static final String REPORT = "application/vnd.example.report";

  private byte[] referrer(String subject, String type) throws Exception {
    return manifest(
        type,
        """
        "artifactType":"%s","annotations":{"org.example.kind":"%s"},
        "subject":{"mediaType":"%s","digest":"%s","size":100},
        """
            .formatted(type, type, MANIFEST, subject));
  }

  private HttpResponse<byte[]> referrers(String subject, String query) throws Exception {
    HttpResponse<byte[]> list =
        expect(200, wire.get("/v2/" + repository + "/referrers/" + subject + query));
    assertEquals(INDEX, header(list, "Content-Type"));
    return list;
  }

  @Test
  void areNoneWhereNothingIs() throws Exception {
    String list = text(referrers(sha256(content(1, 1)), ""));
    assertTrue(NO_MANIFESTS.matcher(list).find(), list);
  }

  @Test
  void areListedUnderTheirSubject() throws Exception {
    byte[] subject = manifest("subject");
    pushManifest("v1", subject);
    byte[] signature = referrer(sha256(subject), SIGNATURE);
    HttpResponse<byte[]> pushed = pushManifest(sha256(signature), signature);
    assertEquals(sha256(subject), header(pushed, "OCI-Subject"));
    String list = text(referrers(sha256(subject), ""));
    assertTrue(list.contains("\"" + sha256(signature) + "\""), list);
    assertTrue(list.contains("\"org.example.kind\""), list);
    assertTrue(list.contains("\"" + SIGNATURE + "\""), list);
  }

  @Test
  void areListedThoughTheirSubjectIsNotThere() throws Exception {
    String subject = sha256(content(2, 2));
    byte[] signature = referrer(subject, SIGNATURE);
    pushManifest(sha256(signature), signature);
    String list = text(referrers(subject, ""));
    assertTrue(list.contains("\"" + sha256(signature) + "\""), list);
  }

  @Test
  void areFilteredByTheirType() throws Exception {
    String subject = sha256(content(3, 3));
    byte[] signature = referrer(subject, SIGNATURE);
    byte[] report = referrer(subject, REPORT);
    pushManifest(sha256(signature), signature);
    pushManifest(sha256(report), report);
    HttpResponse<byte[]> list = referrers(subject, "?artifactType=" + REPORT);
    assertTrue(text(list).contains("\"" + sha256(report) + "\""), text(list));
    if (list.headers().firstValue("OCI-Filters-Applied").isPresent()) {
      assertEquals("artifactType", header(list, "OCI-Filters-Applied"));
      assertFalse(text(list).contains("\"" + sha256(signature) + "\""), text(list));
    }
  }
}
