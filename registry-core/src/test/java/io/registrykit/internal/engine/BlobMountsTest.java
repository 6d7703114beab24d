package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.api.RegistryApi;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Principal;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobMountsTest {
  private final TestApi api = TestApi.open();
  private final Digest digest = api.pushBlob("src/app", TestApi.bytes(100));
  private final String mount = "/v2/dst/app/blobs/uploads/?mount=" + digest;

  /** The same registry for somebody who may read only what is public. */
  private TestApi stranger() {
    return new TestApi(
        api.registry(),
        RegistryApi.builder(api.registry())
            .authenticator(credentials -> Optional.of(new Principal("stranger")))
            .authorizer((principal, requested) -> notInSource(requested))
            .build());
  }

  private static Set<Access> notInSource(Set<Access> requested) {
    Set<Access> permitted = new LinkedHashSet<>(requested);
    permitted.removeIf(
        access -> Objects.requireNonNull(access.repository()).isWithin(new RepositoryName("src")));
    return permitted;
  }

  @Test
  void fromANamedRepository() {
    Answer mounted = api.post(mount + "&from=src/app").is(201);

    mounted
        .has("Location", "/v2/dst/app/blobs/" + digest)
        .has("Docker-Content-Digest", digest.toString());
    api.get(mounted.location()).is(200);
  }

  @Test
  void fromARepositoryThatIsNotNamed() {
    api.post(mount).is(201);
  }

  @Test
  void withEverythingEncodedAndAnOrigin() {
    api.post(
            "/v2/dst%2Fapp/blobs/uploads/?from=src%2Fapp&origin=example.com&mount="
                + TestApi.encoded(digest))
        .is(201);
  }

  @Test
  void whatIsThereAlreadyIsMounted() {
    api.post("/v2/src/app/blobs/uploads/?mount=" + digest + "&from=none/such").is(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none/such", "UPPER", "..", "", "a//b", "dst/app"})
  void anythingWrongWithTheSourceStartsAnUpload(String from) {
    String place = api.post(mount + "&from=" + from).is(202).location();

    assertThat(place).startsWith("/v2/dst/app/blobs/uploads/");
    api.send("PUT", place + "?digest=" + digest, TestApi.bytes(100)).is(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "sha256:x", "md5:00"})
  void anythingWrongWithTheDigestStartsAnUpload(String text) {
    api.post("/v2/dst/app/blobs/uploads/?from=src/app&mount=" + text).is(202);
    api.post("/v2/dst/app/blobs/uploads/?mount=" + text).is(202);
  }

  @Test
  void aBlobThatIsNowhereStartsAnUpload() {
    Digest missing = TestApi.sha256(Bytes.utf8("missing"));

    api.post("/v2/dst/app/blobs/uploads/?from=src/app&mount=" + missing).is(202);
    api.post("/v2/dst/app/blobs/uploads/?mount=" + missing).is(202);
  }

  @Test
  void whatTheCallerMayNotReadIsNeverMounted() {
    TestApi stranger = stranger();

    stranger.post(mount + "&from=src/app").is(202);
    stranger.post(mount).is(202);

    api.head("/v2/dst/app/blobs/" + digest).is(404);
  }

  @Test
  void theSearchIsBounded() {
    for (int i = 0; i < BlobMounts.MAX_SEARCHED; i++) {
      api.pushBlob("a%03d".formatted(i), Bytes.utf8("x"));
    }

    api.post(mount).is(202);
    api.post(mount + "&from=src/app").is(201);
  }
}
