package io.registrykit.server.jdk;

import io.registrykit.api.ApiResponse;
import io.registrykit.api.Body;
import io.registrykit.api.Headers;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Bytes;
import org.jspecify.annotations.Nullable;

/** The errors that the server itself has to report, in the form of the registry protocol. */
final class ServerErrors {
  private ServerErrors() {}

  /** An error document; {@code message} needs no escapes. */
  static Bytes document(ErrorCode code, String message) {
    return Bytes.utf8(
        "{\"errors\":[{\"code\":\"" + code.name() + "\",\"message\":\"" + message + "\"}]}\n");
  }

  static ApiResponse response(int status, ErrorCode code, String message) {
    return response(status, code, message, Headers.builder());
  }

  private static ApiResponse response(
      int status, ErrorCode code, String message, Headers.Builder headers) {
    Bytes document = document(code, message);
    headers.set("Content-Type", "application/json");
    headers.set("Content-Length", Integer.toString(document.length()));
    return new ApiResponse(status, headers.build(), new Body.Inline(document));
  }

  /** What a refused request is told, or null when it is not refused. */
  static @Nullable ApiResponse refusal(Call.Refusal refusal) {
    Headers.Builder headers = Headers.builder().set("Connection", "close").set("Retry-After", "1");
    return switch (refusal) {
      case NONE -> null;
      case OVERLOADED ->
          response(503, ErrorCode.UNAVAILABLE, "too many requests are under way", headers);
      case ADDRESS_OVERLOADED ->
          response(429, ErrorCode.TOOMANYREQUESTS, "too many requests from this address", headers);
      case CLOSING -> response(503, ErrorCode.UNAVAILABLE, "the server is closing", headers);
    };
  }

  /** The code that fits a status which the JDK's server made up. */
  static ErrorCode codeOf(int status) {
    return switch (status) {
      case 404, 501 -> ErrorCode.UNSUPPORTED;
      case 503 -> ErrorCode.UNAVAILABLE;
      default -> ErrorCode.UNKNOWN;
    };
  }
}
