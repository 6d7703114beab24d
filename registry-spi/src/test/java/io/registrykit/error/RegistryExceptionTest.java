package io.registrykit.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryExceptionTest {

  /** The table of the OCI distribution specification, and the statuses that clients know. */
  @ParameterizedTest
  @CsvSource({
    "BLOB_UNKNOWN, 404",
    "BLOB_UPLOAD_INVALID, 400",
    "BLOB_UPLOAD_UNKNOWN, 404",
    "DIGEST_INVALID, 400",
    "MANIFEST_BLOB_UNKNOWN, 400",
    "MANIFEST_INVALID, 400",
    "MANIFEST_UNKNOWN, 404",
    "NAME_INVALID, 400",
    "NAME_UNKNOWN, 404",
    "SIZE_INVALID, 400",
    "TAG_INVALID, 400",
    "UNAUTHORIZED, 401",
    "DENIED, 403",
    "UNSUPPORTED, 405",
    "TOOMANYREQUESTS, 429",
    "RANGE_INVALID, 416",
    "PAGINATION_NUMBER_INVALID, 400",
    "UNAVAILABLE, 503",
    "UNKNOWN, 500"
  })
  void everyCodeHasItsStatus(ErrorCode code, int status) {
    assertThat(code.httpStatus()).isEqualTo(status);
    assertThat(code.defaultMessage()).isNotBlank();
  }

  @Test
  void tellsTheFirstErrorAndHowManyMore() {
    List<ErrorInfo> errors =
        List.of(
            new ErrorInfo(ErrorCode.MANIFEST_BLOB_UNKNOWN, Map.of("digest", "a")),
            new ErrorInfo(ErrorCode.MANIFEST_BLOB_UNKNOWN, Map.of("digest", "b")));
    InvalidContentException failure = new InvalidContentException(400, errors);
    assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
    assertThat(failure.detail()).containsEntry("digest", "a");
    assertThat(failure.errors()).isEqualTo(errors);
    assertThat(failure).hasMessageContaining("{digest=a}").hasMessageContaining("1 more");
  }

  @Test
  void limitsHaveTheStatusOfTheirKind() {
    assertThat(LimitException.tooLarge("manifest", 10).httpStatus()).isEqualTo(413);
    assertThat(LimitException.tooLarge("manifest", 10).detail()).containsEntry("limit", "10");
    assertThat(LimitException.full("disk").httpStatus()).isEqualTo(507);
    LimitException rate = LimitException.tooMany("pulls", Duration.ofSeconds(3));
    assertThat(rate.httpStatus()).isEqualTo(429);
    assertThat(rate.retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void aBackendFailureKeepsItsCause() {
    Exception cause = new IOException("disk");
    assertThat(new BackendException(ErrorCode.UNKNOWN, "the store failed", cause))
        .hasCause(cause)
        .satisfies(failure -> assertThat(failure.httpStatus()).isEqualTo(500));
  }

  @Test
  void keepsItsErrorsWhenItIsSerialised() throws Exception {
    ConflictException before =
        new ConflictException(ErrorCode.DENIED, "tag is locked", Map.of("tag", "v1"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(before);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ConflictException after = (ConflictException) in.readObject();
      assertThat(after.errors()).isEqualTo(before.errors());
      assertThat(after).hasMessage(before.getMessage());
    }
  }
}
