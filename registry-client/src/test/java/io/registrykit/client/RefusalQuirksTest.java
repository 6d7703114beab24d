package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.registrykit.error.AccessException;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.RegistryException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How registries say no, and what each form of it is to the caller. */
class RefusalQuirksTest extends ScriptedTest {
  private static final String MANIFESTS = "/v2/team/app/manifests/";

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void aDeletionHasSeveralFormsOfSuccess(int status) {
    expect("DELETE " + MANIFESTS + "v1", status, "");
    expect("DELETE " + MANIFESTS + DIGEST, status, "");
    expect("DELETE " + BLOB, status, "");
    assertThatCode(
            () -> {
              app().deleteTag(new Tag("v1"));
              app().deleteManifest(DIGEST);
              app().deleteBlob(DIGEST);
            })
        .doesNotThrowAnyException();
  }

  /** Distribution 2.8 refuses tags with 400, others with 405; a lock of Azure is 405, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "404|{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}|MANIFEST_UNKNOWN|NotFoundException",
        "404|404 page not found|NAME_UNKNOWN|NotFoundException",
        "405||UNSUPPORTED|UnsupportedException",
        "405|{\"errors\":[{\"code\":\"UNSUPPORTED\",\"detail\":null}]}|UNSUPPORTED|UnsupportedException",
        "400|{\"errors\":[{\"code\":\"UNSUPPORTED\"}]}|UNSUPPORTED|UnsupportedException",
        "400|{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}|DIGEST_INVALID|InvalidContentException",
        "403|{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}|DENIED|AccessException",
        "403|<html>forbidden</html>|DENIED|AccessException",
        "405|{\"errors\":[{\"code\":\"DENIED\",\"message\":\"operation is disallowed\"}]}|DENIED|AccessException",
        "409|{\"errors\":[{\"code\":\"DENIED\"}]}|DENIED|ConflictException",
        "401|{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"detail\":[{\"Type\":\"repository\",\"Action\":\"x\"}]}]}|UNAUTHORIZED|AccessException",
        "413||SIZE_INVALID|LimitException",
        "400|{\"errors\":null}|BLOB_UPLOAD_INVALID|InvalidContentException"
      })
  void aRefusalKeepsItsMeaning(int status, String body, ErrorCode code, String type) {
    expect("DELETE " + MANIFESTS + "v1", status, body == null ? "" : body);
    assertThat(catchThrowable(() -> app().deleteTag(new Tag("v1"))))
        .isInstanceOf(typeOf(type))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static Class<? extends RegistryException> typeOf(String name) {
    return switch (name) {
      case "NotFoundException" -> NotFoundException.class;
      case "UnsupportedException" -> UnsupportedException.class;
      case "InvalidContentException" -> InvalidContentException.class;
      case "AccessException" -> AccessException.class;
      case "ConflictException" -> ConflictException.class;
      case "LimitException" -> LimitException.class;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The code of the specification, that of Harbor, a word for people, and nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}",
        "{\"errors\":[{\"code\":\"TOO_MANY_REQUESTS\"}]}",
        "{\"error\":\"slow down\"}",
        "slow down",
        ""
      })
  void tooManyRequestsHaveSeveralBodies(String body) {
    for (int i = 0; i < 3; i++) {
      expect("DELETE " + BLOB, 429, body, "Retry-After", "0");
    }
    assertThat(catchThrowable(() -> app().deleteBlob(DIGEST))).isInstanceOf(LimitException.class);
  }
}
