package io.registrykit.examples.quickstart;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The few requests that a push and a pull consist of, as docker or oras send them. */
final class Wire {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI registry;

  Wire(URI registry) {
    this.registry = registry;
  }

  /** Two requests: the first opens an upload and is told where, the second sends the bytes. */
  Digest pushBlob(String repository, byte[] content) throws IOException, InterruptedException {
    Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
    HttpResponse<byte[]> opened =
        send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()), 202);
    String where = opened.headers().firstValue("Location").orElseThrow();
    char separator = where.indexOf('?') < 0 ? '?' : '&';
    send(
        request(where + separator + "digest=" + digest)
            .header("Content-Type", MediaType.OCTET_STREAM.value())
            .PUT(BodyPublishers.ofByteArray(content)),
        201);
    return digest;
  }

  Digest pushManifest(String repository, String reference, byte[] manifest)
      throws IOException, InterruptedException {
    send(
        request("/v2/" + repository + "/manifests/" + reference)
            .header("Content-Type", MediaType.OCI_MANIFEST.value())
            .PUT(BodyPublishers.ofByteArray(manifest)),
        201);
    return Digest.of(DigestAlgorithm.SHA256, manifest);
  }

  byte[] pull(String path) throws IOException, InterruptedException {
    return send(request(path).GET(), 200).body();
  }

  String text(String path) throws IOException, InterruptedException {
    return new String(pull(path), StandardCharsets.UTF_8).strip();
  }

  void delete(String path) throws IOException, InterruptedException {
    send(request(path).DELETE(), 202);
  }

  int status(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(registry.resolve(path)).timeout(DEADLINE);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder builder, int expected)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != expected) {
      throw new IOException(
          request.method()
              + " "
              + request.uri()
              + " answered "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }
}
