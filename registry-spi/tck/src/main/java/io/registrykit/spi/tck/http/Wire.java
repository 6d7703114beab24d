package io.registrykit.spi.tck.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Sends requests to one registry. Safe for use by any number of threads. */
final class Wire {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final URI registry;
  private final UnaryOperator<HttpRequest.Builder> authorize;

  Wire(HttpClient client, URI registry, UnaryOperator<HttpRequest.Builder> authorize) {
    this.client = client;
    this.registry = registry;
    this.authorize = authorize;
  }

  /** Turns a path, or a {@code Location} of either form, into an address. */
  URI resolve(String pathOrLocation) {
    return registry.resolve(pathOrLocation);
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> head(String path, String... headers) throws Exception {
    return send("HEAD", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> delete(String path) throws Exception {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
    return send("POST", path, bytes(body), headers);
  }

  HttpResponse<byte[]> put(String path, byte[] body, String... headers) throws Exception {
    return send("PUT", path, bytes(body), headers);
  }

  HttpResponse<byte[]> patch(String path, byte[] body, String... headers) throws Exception {
    return send("PATCH", path, bytes(body), headers);
  }

  private static BodyPublisher bytes(byte[] body) {
    return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
  }

  HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(resolve(path)).timeout(DEADLINE).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(authorize.apply(request).build(), BodyHandlers.ofByteArray());
  }
}
