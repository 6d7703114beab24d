package io.registrykit.spi.tck.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A group of workflows, with the steps that they share. */
abstract class Workflows {
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String OCTETS = "application/octet-stream";
  private static final String EMPTY_DIGEST =
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

  Wire wire = new Wire(HttpClient.newHttpClient(), URI.create("http://127.0.0.1"), r -> r);

  /** A repository that nobody used before, of several levels. */
  String repository = "contract/unused";

  abstract Wire newWire() throws Exception;

  @BeforeEach
  final void prepare() throws Exception {
    wire = newWire();
    repository = newRepository();
  }

  static String newRepository() {
    return "contract/" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT);
  }

  static byte[] content(long seed, int size) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  static String sha256(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA256, content).toString();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("(no " + name + ")");
  }

  /** Insists on a status, and shows the body where it is another. */
  static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> response) {
    assertEquals(status, response.statusCode(), () -> response + " " + text(response));
    return response;
  }

  /** Insists on an error document with a code. */
  static void expectError(int status, String code, HttpResponse<byte[]> response) {
    String body = text(expect(status, response)).replaceAll("\\s", "");
    assertTrue(body.startsWith("{\"errors\":[{"), body);
    assertTrue(body.contains("\"code\":\"" + code + "\""), body);
  }

  String blobs(String digest) {
    return "/v2/" + repository + "/blobs/" + digest;
  }

  String manifests(String reference) {
    return "/v2/" + repository + "/manifests/" + reference;
  }

  /** Starts an upload; returns where it goes on. */
  String startUpload() throws Exception {
    HttpResponse<byte[]> started =
        expect(202, wire.post("/v2/" + repository + "/blobs/uploads/", new byte[0]));
    return wire.resolve(header(started, "Location")).toString();
  }

  static String withDigest(String location, String digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  /** Pushes a blob by {@code POST} and {@code PUT}; returns its digest. */
  String pushBlob(byte[] content) throws Exception {
    String digest = sha256(content);
    expect(201, wire.put(withDigest(startUpload(), digest), content, "Content-Type", OCTETS));
    return digest;
  }

  void assertBlob(byte[] content) throws Exception {
    HttpResponse<byte[]> pulled = expect(200, wire.get(blobs(sha256(content))));
    assertArrayEquals(content, pulled.body());
  }

  /** An image manifest with one layer, all of which is pushed. */
  byte[] manifest(String name) throws Exception {
    return manifest(name, "");
  }

  /** The same with more fields, each with a comma behind it. */
  byte[] manifest(String name, String fields) throws Exception {
    byte[] layer = utf8("layer of " + name);
    pushBlob(layer);
    pushBlob(utf8("{}"));
    return utf8(
        """
        {"schemaVersion":2,"mediaType":"%s",%s
         "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
         "layers":[{"mediaType":"application/vnd.example.layer","digest":"%s","size":%d}]}
        """
            .formatted(MANIFEST, fields, EMPTY_DIGEST, sha256(layer), layer.length));
  }

  HttpResponse<byte[]> pushManifest(String reference, byte[] content) throws Exception {
    return expect(201, wire.put(manifests(reference), content, "Content-Type", MANIFEST));
  }
}
