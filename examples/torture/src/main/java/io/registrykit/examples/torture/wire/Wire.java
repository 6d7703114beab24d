package io.registrykit.examples.torture.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Sends single requests and repeats none, so that an answer is what one request did. Thread-safe.
 */
public final class Wire {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final byte[] NOTHING = new byte[0];

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI base;

  /**
   * A way to a registry.
   *
   * @param base where it listens
   */
  public Wire(URI base) {
    this.base = base;
  }

  /** Where the registry listens. */
  public URI base() {
    return base;
  }

  /** Reads with GET. */
  public Reply get(String path) throws IOException {
    return send("GET", path, NOTHING);
  }

  /** Looks with HEAD. */
  public Reply head(String path) throws IOException {
    return send("HEAD", path, NOTHING);
  }

  /** Deletes. */
  public Reply delete(String path) throws IOException {
    return send("DELETE", path, NOTHING);
  }

  /** Sends bytes that have no type of their own. */
  public Reply send(String method, String path, byte[] body, String... headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(DEADLINE)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Starts an upload; the answer to 202 has its place in {@code Location}. */
  public Reply startUpload(String repository) throws IOException {
    return send("POST", "/v2/" + repository + "/blobs/uploads/", NOTHING);
  }

  /** Sends a whole blob with one POST. */
  public Reply post(String repository, Blob blob) throws IOException {
    return send(
        "POST",
        "/v2/" + repository + "/blobs/uploads/?digest=" + blob.digest(),
        blob.bytes(),
        "Content-Type",
        "application/octet-stream");
  }

  /** Sends a part of an upload. */
  public Reply patch(String location, byte[] part, long offset) throws IOException {
    return send(
        "PATCH",
        location,
        part,
        "Content-Type",
        "application/octet-stream",
        "Content-Range",
        offset + "-" + (offset + part.length - 1));
  }

  /** Sends the last part of an upload and ends it. */
  public Reply finish(String location, byte[] rest, String digest) throws IOException {
    String separator = location.contains("?") ? "&" : "?";
    return send(
        "PUT",
        location + separator + "digest=" + digest,
        rest,
        "Content-Type",
        "application/octet-stream");
  }

  /** Asks for a blob of another repository. */
  public Reply mount(String repository, String digest, String from) throws IOException {
    return send(
        "POST", "/v2/" + repository + "/blobs/uploads/?mount=" + digest + "&from=" + from, NOTHING);
  }

  /** Pushes a manifest. */
  public Reply put(String repository, String reference, Manifest manifest) throws IOException {
    return send(
        "PUT",
        "/v2/" + repository + "/manifests/" + reference,
        manifest.bytes(),
        "Content-Type",
        manifest.mediaType());
  }
}
