package io.registrykit.server.jdk;

import com.sun.net.httpserver.HttpExchange;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.Headers;
import io.registrykit.api.Query;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** Translates a request of the JDK's server into one of the engine. */
final class RequestReader {
  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";

  private RequestReader() {}

  /**
   * The length of the body as the JDK understood it. It takes a sign and digits of other scripts,
   * so that what it reads is what counts here too.
   *
   * @return bytes, or {@link ApiRequest#UNKNOWN_LENGTH}
   */
  static long contentLength(HttpExchange exchange) {
    if (exchange.getRequestHeaders().containsKey(TRANSFER_ENCODING)) {
      return ApiRequest.UNKNOWN_LENGTH;
    }
    String text = exchange.getRequestHeaders().getFirst(CONTENT_LENGTH);
    return text == null ? 0 : Long.parseLong(text);
  }

  /** The bytes that the headers take up, as far as the JDK has kept them. */
  static long headerBytes(HttpExchange exchange) {
    long sum = exchange.getRequestURI().toString().length();
    for (var header : exchange.getRequestHeaders().entrySet()) {
      for (String value : header.getValue()) {
        sum += header.getKey().length() + value.length() + 4L;
      }
    }
    return sum;
  }

  /**
   * The request with the given body.
   *
   * @throws IllegalArgumentException if the query or a header is malformed
   */
  static ApiRequest read(HttpExchange exchange, InputStream body, long contentLength) {
    URI uri = exchange.getRequestURI();
    return new ApiRequest(
        exchange.getRequestMethod(),
        rawPath(uri),
        Query.parse(uri.getRawQuery()),
        headers(exchange),
        body,
        contentLength,
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  /** The path as it was sent: {@link URI} takes what follows {@code //} for a host. */
  private static String rawPath(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    boolean startedWithSlashes = uri.getScheme() == null && uri.getRawAuthority() != null;
    return startedWithSlashes ? "//" + uri.getRawAuthority() + path : path;
  }

  private static Headers headers(HttpExchange exchange) {
    Headers.Builder builder = Headers.builder();
    for (var header : exchange.getRequestHeaders().entrySet()) {
      List<String> values = header.getValue();
      for (String value : values) {
        builder.add(header.getKey(), value);
      }
    }
    return builder.build();
  }
}
