package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.error.AccessException;
import io.registrykit.error.BackendException;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A registry that sends absurdly much is refused, and nothing of it is kept. */
class LimitsTest extends ScriptedTest {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

  @Test
  void aManifestHasAnEnd() {
    String manifest = "{\"a\":\"" + "x".repeat(4 * 1024 * 1024) + "\"}";
    expect("GET /v2/team/app/manifests/a", 200, manifest, "Content-Type", TYPE);
    assertThatThrownBy(() -> app().manifest(new Tag("a"))).isInstanceOf(LimitException.class);
  }

  @Test
  void aListHasAnEnd() {
    String list = "{\"tags\":[\"" + "a\",\"".repeat(4 * 1024 * 1024 + 1) + "a\"]}";
    expect("GET /v2/team/app/tags/list?n=5", 200, list);
    assertThatThrownBy(() -> app().tags(PageRequest.first(5))).isInstanceOf(LimitException.class);
  }

  @Test
  void aListIsNotDeep() {
    expect(
        "GET /v2/team/app/tags/list?n=5",
        200,
        "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + ",\"tags\":[]}");
    assertThatThrownBy(() -> app().tags(PageRequest.first(5)))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void aHeaderHasAnEnd() {
    for (int i = 0; i < 3; i++) {
      expect("HEAD " + BLOB, 200, "", "Content-Length", "5", "X-Long", "x".repeat(20 * 1024));
    }
    assertThatThrownBy(() -> app().blobSize(DIGEST)).isInstanceOf(BackendException.class);
  }

  @Test
  void headersAreFew() {
    List<String> headers = new ArrayList<>(List.of("Content-Length", "5"));
    for (int i = 0; i < 300; i++) {
      headers.addAll(List.of("X-" + i, "x"));
    }
    for (int i = 0; i < 3; i++) {
      expect("HEAD " + BLOB, 200, "", headers.toArray(new String[0]));
    }
    assertThatThrownBy(() -> app().blobSize(DIGEST)).isInstanceOf(BackendException.class);
  }

  @Test
  void anErrorThatIsTooLongIsStillAnError() {
    String error =
        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + "x".repeat(128 * 1024) + "\"}]}";
    expect("DELETE " + BLOB, 404, error);
    assertThatThrownBy(() -> app().deleteBlob(DIGEST))
        .isInstanceOf(NotFoundException.class)
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void aTokenHasAnEnd() {
    use(builder(HostOptions.builder()).credentials(password()));
    expect(
        "HEAD " + BLOB,
        401,
        "",
        "WWW-Authenticate",
        "Bearer realm=\"http://" + server.host() + "/token\"");
    expect(
        "GET /token?scope=repository%3Ateam%2Fapp%3Apull&client_id=registrykit&account=me",
        200, "{\"token\":\"" + "x".repeat(300 * 1024) + "\"}");
    assertThatThrownBy(() -> app().blobSize(DIGEST)).isInstanceOf(AccessException.class);
  }
}
