package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.api.Headers;
import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.MiniServer;
import io.registrykit.error.AccessException;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected requests and scripted replies: what real registries do, one quirk in each test. */
class ExchangeTest extends ScriptedTest {
  @Test
  void aRelativeLocationWithAQueryKeepsTheQuery() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1?state=a%3D%3D");
    expect("PUT " + UPLOADS + "1?state=a%3D%3D&digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void anAbsoluteLocationIsFollowed() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", "http://" + server.host() + "/up/1");
    expect("PUT /up/1?digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void aBlobThatIsThereIsNotSent() {
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void aMountThatIsRefusedBecomesAnUpload() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS + "?mount=" + DIGEST + "&from=team/base", 403, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES), new RepositoryName("team/base"));
  }

  @Test
  void aMountTakesOneRequest() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS + "?mount=" + DIGEST + "&from=team/base", 201, "");
    app().pushBlob(Contents.content(BYTES), new RepositoryName("team/base"));
  }

  @Test
  void aReplyToPutThatIsNoSuccessIsConfirmedAndNotRepeated() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 502, "<html>");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void anUploadGoesOnFromWhatTheRegistryHas() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 500, "");
    expect("HEAD " + BLOB, 404, "");
    expect("GET " + UPLOADS + "1", 204, "", "Location", UPLOADS + "1b", "Range", "0-2");
    expect("PATCH " + UPLOADS + "1b lo", 202, "", "Location", UPLOADS + "1c", "Range", "0-4");
    expect("PUT " + UPLOADS + "1c?digest=" + DIGEST, 201, "");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void aForgottenUploadBeginsAnew() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 404, "");
    expect("HEAD " + BLOB, 404, "");
    expect("GET " + UPLOADS + "1", 404, "");
    expect("DELETE " + UPLOADS + "1", 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "2");
    expect("PUT " + UPLOADS + "2?digest=" + DIGEST + " hello", 201, "");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void aRegistryThatTakesNoLargeRequestGetsPieces() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "1");
    expect("PUT " + UPLOADS + "1?digest=" + DIGEST + " hello", 413, "");
    expect("DELETE " + UPLOADS + "1", 204, "");
    expect("POST " + UPLOADS, 202, "", "Location", UPLOADS + "2");
    expect("PATCH " + UPLOADS + "2 hello", 202, "", "Range", "0-4");
    expect("PUT " + UPLOADS + "2?digest=" + DIGEST, 201, "");
    app().pushBlob(Contents.content(BYTES));
  }

  @Test
  void anUploadAtAnotherHostIsRefusedBeforeAnythingIsSent() {
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 202, "", "Location", "http://evil.example/up");
    assertThatThrownBy(() -> app().pushBlob(Contents.content(BYTES)))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("not trusted");
  }

  @Test
  void aTokenServerAtAnotherHostGetsNoPassword() {
    use(builder(HostOptions.builder()).credentials(password()));
    expect(
        "HEAD " + BLOB, 401, "", "WWW-Authenticate", "Bearer realm=\"https://evil.example/token\"");
    assertThatThrownBy(() -> app().blobSize(DIGEST))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("not trusted");
  }

  @Test
  void aTokenServerWithoutAnAddressIsRefused() {
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", "Bearer realm=\"not an [address\"");
    assertThatThrownBy(() -> app().blobSize(DIGEST))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("no usable token server");
  }

  @Test
  void aMalformedNameInAListIsRefused() {
    expect("GET /v2/team/app/tags/list?n=5", 200, "{\"tags\":[\"not a tag\"]}");
    assertThatThrownBy(() -> app().tags(PageRequest.first(5)))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void aRedirectToAnotherHostTakesNoCredentialsAlong() throws IOException {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    try (MiniServer storage =
        MiniServer.start(
            (request, reply) -> {
              seen.add(request.headers().first("Authorization").orElse("none"));
              reply.send(200, Headers.empty(), BYTES);
            })) {
      use(builder(HostOptions.builder()).credentials(password()));
      expect("GET " + BLOB, 401, "", "WWW-Authenticate", "Basic realm=\"x\"");
      expect("GET " + BLOB, 307, "", "Location", "http://" + storage.host() + "/data?sig=1");
      try (var blob = app().blob(DIGEST).orElseThrow();
          var in = blob.openStream(0)) {
        assertThat(in.readAllBytes()).isEqualTo(BYTES);
      }
    }
    assertThat(seen).containsExactly("none");
    assertThat(authorizations).containsExactly("none", "Basic bWU6cHc=");
  }

  @Test
  void aTokenIsFetchedOnceForEachSetOfScopes() {
    use(builder(HostOptions.builder()).credentials(password()));
    String challenge =
        "Bearer realm=\"http://" + server.host() + "/token\",service=\"scope service\"";
    String token =
        "GET /token?service=scope+service&scope=repository%3Ateam%2Fapp%3Apull"
            + "&client_id=registrykit&account=me";
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
    expect(token, 200, "{\"access_token\":\"t1\"}");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    app().blobSize(DIGEST);
    app().blobSize(DIGEST);
    assertThat(authorizations).containsExactly("none", "Basic bWU6cHc=", "Bearer t1", "Bearer t1");
  }

  @Test
  void aTokenServerThatOnlyTakesPostGetsTheForm() {
    use(builder(HostOptions.builder()).credentials(password()));
    String challenge = "Bearer realm=\"http://" + server.host() + "/token\",service=s";
    String scope = "scope=repository%3Ateam%2Fapp%3Apull";
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
    expect("GET /token?service=s&" + scope + "&client_id=registrykit&account=me", 405, "");
    expect(
        "POST /token grant_type=password&client_id=registrykit&service=s&"
            + scope
            + "&username=me&password=pw",
        200,
        "{\"token\":\"t1\"}");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    app().blobSize(DIGEST);
  }

  @Test
  void anIdentityTokenGoesByPostAndIsReplacedByItsSuccessor() {
    use(
        builder(HostOptions.builder())
            .credentials(
                CredentialProvider.of(server.host(), new RegistryCredentials.IdentityToken("r1"))));
    String challenge = "Bearer realm=\"http://" + server.host() + "/token\"";
    String form =
        "POST /token grant_type=refresh_token&client_id=registrykit"
            + "&scope=repository%3Ateam%2Fapp%3Apull&refresh_token=";
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
    expect(form + "r1", 200, "{\"access_token\":\"t1\",\"refresh_token\":\"r2\"}");
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
    assertThatThrownBy(() -> app().blobSize(DIGEST)).isInstanceOf(AccessException.class);
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
    expect(form + "r2", 200, "{\"access_token\":\"t2\"}");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    app().blobSize(DIGEST);
  }

  @Test
  void aWaitThatIsTooLongIsHandedOn() {
    expect("HEAD " + BLOB, 429, "", "Retry-After", "Thu, 01 Jan 2026 00:10:00 GMT");
    assertThatThrownBy(() -> app().blobSize(DIGEST))
        .isInstanceOfSatisfying(
            LimitException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(10)));
  }

  @Test
  void whatMayPassIsTriedAgain() {
    expect("HEAD " + BLOB, 503, "");
    expect("HEAD " + BLOB, 429, "", "Retry-After", "0");
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
    assertThat(app().blobSize(DIGEST)).hasValue(5);
  }

  @Test
  void aDeletionWhoseReplyWasLostHasWorked() {
    expect("DELETE " + BLOB, 502, "");
    expect("DELETE " + BLOB, 404, "");
    app().deleteBlob(DIGEST);
  }

  @Test
  void warningsAreSurfaced() {
    expect(
        "HEAD " + BLOB, 200, "", "Content-Length", "5", "Warning", "299 - \"going \\\"away\\\"\"");
    app().blobSize(DIGEST);
    assertThat(warnings).containsExactly(new RegistryWarning(server.host(), "going \"away\""));
  }

  @Test
  void aRegistryThatIgnoresPagesIsPagedHere() {
    String all = "{\"name\":\"team/app\",\"tags\":[\"c\",\"a\",\"b\"]}";
    expect("GET /v2/team/app/tags/list?n=2", 200, all);
    expect("GET /v2/team/app/tags/list?n=2&last=b", 200, all);
    Page<Tag> first = app().tags(PageRequest.first(2));
    assertThat(first).isEqualTo(new Page<>(List.of(new Tag("a"), new Tag("b")), "b"));
    assertThat(app().tags(new PageRequest(2, first.next())).items()).containsExactly(new Tag("c"));
  }

  @Test
  void aLinkInCirclesEnds() {
    String link = "</v2/team/app/tags/list?n=1&last=a>; rel=next";
    expect("GET /v2/team/app/tags/list?n=1&last=a", 200, "{\"tags\":[\"b\"]}", "Link", link);
    assertThat(app().tags(new PageRequest(1, "a")).next()).isNull();
  }

  @Test
  void noTagsMayBeNull() {
    expect("GET /v2/team/app/tags/list?n=5", 200, "{\"tags\":null}");
    assertThat(app().tags(PageRequest.first(5))).isEqualTo(Page.empty());
  }

  @Test
  void aRegistryWithoutReferrersHasThemUnderATag() {
    expect("GET /v2/team/app/referrers/" + DIGEST, 404, "404 page not found");
    expect("GET /v2/team/app/manifests/sha256-" + DIGEST.hex(), 404, "");
    assertThat(app().referrers(DIGEST, null, PageRequest.first(5)).items()).isEmpty();
  }

  @Test
  void aManifestThatIsNotTheOneIsRefused() {
    expect("GET /v2/team/app/manifests/" + DIGEST, 200, "other", "Content-Type", "application/x.y");
    assertThatThrownBy(() -> app().manifest(DIGEST)).isInstanceOf(InvalidContentException.class);
  }

  @Test
  void errorsKeepTheirCodeAndTheirText() {
    String error =
        "{\"errors\":[{\"code\":\"NAME_INVALID\",\"message\":\"no\",\"detail\":{\"name\":\"X\"}}]}";
    expect("HEAD " + BLOB, 404, "");
    expect("POST " + UPLOADS, 400, error);
    assertThatThrownBy(() -> app().pushBlob(Contents.content(BYTES)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("NAME_INVALID: no {name=X}");
  }
}
