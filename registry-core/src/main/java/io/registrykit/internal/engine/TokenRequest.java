package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.api.Query;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client sends to the token endpoint: the query of a GET, the form of a POST. Fields that
 * are not known are not looked at. Immutable.
 *
 * @param fields the fields
 */
record TokenRequest(Query fields) {
  private static final int BAD_REQUEST = 400;
  private static final int MAX_FORM_BYTES = 64 * 1024;

  static TokenRequest ofQuery(ApiRequest request) {
    return new TokenRequest(request.query());
  }

  /**
   * Reads the form in the body of a request.
   *
   * @throws LimitException if it is longer than a form with two tokens
   * @throws InvalidContentException if it is malformed
   */
  static TokenRequest ofForm(ApiRequest request) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    RequestBody.of(request, request.contentLength(), MAX_FORM_BYTES).transferTo(form);
    Query fields = Query.parse(form.toString(StandardCharsets.UTF_8));
    if (fields.problem().isPresent()) {
      throw invalid("the form cannot be read");
    }
    return new TokenRequest(fields);
  }

  Optional<String> field(String name) {
    return fields.first(name).filter(value -> !value.isEmpty());
  }

  String required(String name) {
    return field(name).orElseThrow(() -> invalid(name + " is missing"));
  }

  List<String> scopes() {
    return fields.all("scope");
  }

  static InvalidContentException invalid(String message) {
    return new InvalidContentException(
        BAD_REQUEST, List.of(new ErrorInfo(ErrorCode.UNSUPPORTED, message, Map.of())));
  }
}
