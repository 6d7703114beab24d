package io.registrykit.client.internal.http;

import io.registrykit.error.AccessException;
import io.registrykit.error.BackendException;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.RegistryException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns error documents back into the exceptions that they came from. Immutable. */
final class ErrorReader {
  private static final JsonReader.Source JSON = new JsonReader.Source(16, 64 * 1024);
  private static final int MAX_ERRORS = 64;
  private static final int MAX_TEXT = 512;

  private ErrorReader() {}

  static RegistryException exception(Answer answer, Optional<Duration> retryAfter) {
    int status = answer.status() >= 400 && answer.status() <= 599 ? answer.status() : 502;
    List<ErrorInfo> errors = errors(answer.body());
    if (errors.isEmpty()) {
      String text = "the registry answered " + answer.status();
      errors = List.of(new ErrorInfo(codeOf(status), text, Map.of()));
    }
    if (status == 429 || status == 413 || status == 507) {
      return new LimitException(status, errors, retryAfter.orElse(null));
    }
    if (status == 401 || status == 403) {
      return new AccessException(status, errors);
    }
    if (status == 409 || status == 412) {
      return new ConflictException(status, errors);
    }
    if (status >= 500) {
      return new BackendException(status, errors);
    }
    return switch (errors.get(0).code()) {
      case BLOB_UNKNOWN, BLOB_UPLOAD_UNKNOWN, MANIFEST_UNKNOWN, NAME_UNKNOWN ->
          new NotFoundException(status, errors);
      case UNAUTHORIZED, DENIED -> new AccessException(status, errors);
      case UNSUPPORTED -> new UnsupportedException(status, errors);
      case TOOMANYREQUESTS -> new LimitException(status, errors, retryAfter.orElse(null));
      case UNAVAILABLE, UNKNOWN -> new BackendException(status, errors);
      default -> new InvalidContentException(status, errors);
    };
  }

  private static ErrorCode codeOf(int status) {
    return switch (status) {
      case 401 -> ErrorCode.UNAUTHORIZED;
      case 403 -> ErrorCode.DENIED;
      case 404 -> ErrorCode.NAME_UNKNOWN;
      case 405 -> ErrorCode.UNSUPPORTED;
      case 413 -> ErrorCode.SIZE_INVALID;
      case 416 -> ErrorCode.RANGE_INVALID;
      case 429 -> ErrorCode.TOOMANYREQUESTS;
      case 502, 503, 504, 507 -> ErrorCode.UNAVAILABLE;
      default -> status < 500 ? ErrorCode.BLOB_UPLOAD_INVALID : ErrorCode.UNKNOWN;
    };
  }

  /** The errors with a code of the specification; a document that is none has none. */
  static List<ErrorInfo> errors(Bytes body) {
    List<ErrorInfo> errors = new ArrayList<>();
    try {
      JSON.readObject(
          body,
          (json, name) -> {
            if (name.equals("errors") && !json.isNull()) {
              json.array(() -> readError(json, errors));
            } else {
              json.skip();
            }
          });
    } catch (JsonFormatException e) {
      return List.of();
    }
    return errors;
  }

  private static void readError(JsonReader json, List<ErrorInfo> errors) {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, String> detail = new LinkedHashMap<>();
    json.object(
        name -> {
          switch (name) {
            case "code", "message" ->
                json.stringOrSkip().ifPresent(text -> fields.put(name, cut(text)));
            case "detail" -> readDetail(json, detail);
            default -> json.skip();
          }
        });
    ErrorCode code = code(fields.getOrDefault("code", ""));
    if (errors.size() < MAX_ERRORS) {
      String message = fields.getOrDefault("message", code.defaultMessage());
      errors.add(new ErrorInfo(code, message, detail));
    }
  }

  private static void readDetail(JsonReader json, Map<String, String> detail) {
    if (!json.isObject()) {
      json.stringOrSkip().ifPresent(text -> detail.put("detail", cut(text)));
      return;
    }
    json.object(
        name -> {
          Optional<String> text = json.stringOrSkip();
          if (text.isPresent() && detail.size() < MAX_ERRORS) {
            detail.put(cut(name), cut(text.get()));
          }
        });
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }

  private static ErrorCode code(String text) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().equals(text)) {
        return code;
      }
    }
    return ErrorCode.UNKNOWN;
  }
}
