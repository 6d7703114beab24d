package io.registrykit.server.jdk;

import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.Body;
import io.registrykit.api.Headers;
import io.registrykit.api.RequestHandler;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Stands in for the engine: what it does is said by the path. Safe for use by any thread. */
class EchoHandler implements RequestHandler {
  @Override
  public ApiResponse handle(ApiRequest request) {
    return switch (request.rawPath()) {
      case "/hello" -> text(200, "hello");
      case "/echo" -> text(200, describe(request));
      case "/empty" -> new ApiResponse(200, Headers.of("Content-Length", "0"), new Body.Empty());
      case "/created" -> new ApiResponse(201, Headers.of("Location", "/x"), new Body.Empty());
      case "/none" -> new ApiResponse(204, Headers.empty(), new Body.Empty());
      case "/count" -> counted(request);
      case "/unread" -> text(401, "who are you");
      case "/unread-empty" -> new ApiResponse(413, Headers.empty(), new Body.Empty());
      case "/throw" -> throw new IllegalStateException("thrown on purpose");
      case "/error" -> throw new AssertionError("thrown on purpose");
      case "/short" ->
          new ApiResponse(200, Headers.empty(), new GeneratedContent(1000, 10).asBody());
      case "/broken" ->
          new ApiResponse(200, Headers.empty(), new GeneratedContent(1000, -1).asBody());
      case "/large" ->
          new ApiResponse(
              200,
              Headers.empty(),
              new GeneratedContent(
                      Long.parseLong(request.query().first("size").orElseThrow()), Long.MAX_VALUE)
                  .asBody());
      default -> text(404, "no " + request.rawPath());
    };
  }

  static ApiResponse text(int status, String text) {
    Bytes bytes = Bytes.utf8(text);
    return new ApiResponse(
        status,
        Headers.of("Content-Type", "text/plain", "Content-Length", "" + bytes.length()),
        new Body.Inline(bytes));
  }

  private static String describe(ApiRequest request) {
    StringBuilder text = new StringBuilder(request.method() + " " + request.rawPath() + "\n");
    request.headers().forEach((name, value) -> text.append(name + ": " + value + "\n"));
    return text.toString();
  }

  private static ApiResponse counted(ApiRequest request) {
    try {
      return text(200, Long.toString(count(request.body())));
    } catch (UncheckedIOException e) {
      return text(400, "body broke off");
    }
  }

  /** Reads a body to its end, as a store would: any failure is the request's. */
  static long count(InputStream body) {
    byte[] buffer = new byte[64 * 1024];
    long count = 0;
    try {
      for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
        count += got;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }
}
