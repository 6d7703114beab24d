package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.error.AccessException;
import io.registrykit.model.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What token servers do, and those of Azure Container Registry, one quirk in each test. */
class SignInQuirksTest extends ScriptedTest {
  private static final String SCOPE = "scope=repository%3Ateam%2Fapp%3Apull";
  private static final String ME = "&client_id=registrykit&account=me";

  private String realm() {
    return "realm=\"http://" + server.host() + "/oauth2/token\"";
  }

  private void challenge(String challenge) {
    expect("HEAD " + BLOB, 401, "", "WWW-Authenticate", challenge);
  }

  private void found() {
    expect("HEAD " + BLOB, 200, "", "Content-Length", "5");
  }

  private void signInAs(RegistryCredentials credentials) {
    use(
        builder(HostOptions.builder())
            .credentials(CredentialProvider.of(server.host(), credentials)));
  }

  private void signInWithPassword() {
    use(builder(HostOptions.builder()).credentials(password()));
  }

  @Test
  void nobodyGetsATokenByGet() {
    challenge("Bearer " + realm() + ",service=\"s\",scope=\"repository:team/app:pull\"");
    expect(
        "GET /oauth2/token?service=s&" + SCOPE + "&client_id=registrykit",
        200,
        "{\"access_token\":\"t\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    assertThat(authorizations).containsExactly("none", "none", "Bearer t");
  }

  @Test
  void nobodyGetsATokenByPostWhereThatIsAllThereIs() {
    challenge("Bearer " + realm() + ",service=\"s\"");
    expect("GET /oauth2/token?service=s&" + SCOPE + "&client_id=registrykit", 405, "");
    expect(
        "POST /oauth2/token grant_type=password&client_id=registrykit&service=s&" + SCOPE,
        200,
        "{\"access_token\":\"t\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
  }

  @Test
  void theRefreshTokenOfAnAzureLoginGoesByPost() {
    signInAs(new RegistryCredentials.IdentityToken("r"));
    challenge(
        "Bearer " + realm() + ",service=\"me.azurecr.io\",scope=\"repository:team/app:pull\"");
    expect(
        "POST /oauth2/token grant_type=refresh_token&client_id=registrykit&service=me.azurecr.io&"
            + SCOPE
            + "&refresh_token=r",
        200,
        "{\"access_token\":\"a.b.c\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    assertThat(authorizations).last().isEqualTo("Bearer a.b.c");
  }

  @Test
  void whereARefreshTokenIsThePasswordItGoesAsOne() {
    signInAs(new RegistryCredentials.Password("00000000-0000-0000-0000-000000000000", "refresh"));
    challenge("Bearer " + realm() + ",service=\"s\"");
    expect(
        "GET /oauth2/token?service=s&"
            + SCOPE
            + "&client_id=registrykit&account=00000000-0000-0000-0000-000000000000",
        200,
        "{\"access_token\":\"t\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    assertThat(authorizations.get(1)).startsWith("Basic ");
  }

  @Test
  void aScopeThatIsTooShortIsAskedForOnceMore() {
    signInWithPassword();
    challenge("Bearer " + realm());
    expect("GET /oauth2/token?" + SCOPE + ME, 200, "{\"token\":\"t1\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    challenge(
        "Bearer service=\"s\",scope=\"repository:team/app:metadata_read,pull\","
            + realm()
            + ",error=\"insufficient_scope\"");
    expect(
        "GET /oauth2/token?service=s&scope=repository%3Ateam%2Fapp%3Ametadata_read%2Cpull" + ME,
        200,
        "{\"token\":\"t2\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    assertThat(authorizations).last().isEqualTo("Bearer t2");
  }

  @Test
  void aMountNeedsBothRepositories() {
    signInWithPassword();
    String start = "POST " + UPLOADS + "?mount=" + DIGEST + "&from=team/base";
    expect(start, 401, "", "WWW-Authenticate", "Bearer " + realm());
    expect(
        "GET /oauth2/token?scope=repository%3Ateam%2Fapp%3Apull%2Cpush"
            + "&scope=repository%3Ateam%2Fbase%3Apull"
            + ME,
        200,
        "{\"token\":\"t\"}");
    expect(start, 201, "");
    assertThat(app().mountBlob(DIGEST, new RepositoryName("team/base"))).isTrue();
  }

  @Test
  void aTokenServerThatIsBusyIsAskedAgain() {
    signInWithPassword();
    challenge("Bearer " + realm());
    expect("GET /oauth2/token?" + SCOPE + ME, 503, "");
    expect("GET /oauth2/token?" + SCOPE + ME, 429, "", "Retry-After", "0");
    expect("GET /oauth2/token?" + SCOPE + ME, 200, "{\"token\":\"t\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
  }

  @Test
  void aRealmMayHaveAQuery() {
    signInWithPassword();
    challenge("Bearer realm=\"http://" + server.host() + "/jwt/auth?client=x\"");
    expect("GET /jwt/auth?client=x&" + SCOPE + ME, 200, "{\"token\":\"t\"}");
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":null,\"access_token\":\"t\"}",
        "{\"access_token\":\"t\",\"token\":\"t\",\"issued_at\":\"1999-01-01T00:00:00Z\"}",
        "{\"token\":\"t\",\"expires_in\":300,\"refresh_token\":\"r\",\"x\":[{}]}",
        "{\"token\":\"t\",\"expires_in\":99999999999}"
      })
  void aTokenComesInManyDocuments(String document) {
    signInWithPassword();
    challenge("Bearer " + realm());
    expect("GET /oauth2/token?" + SCOPE + ME, 200, document);
    found();
    found();
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    assertThat(app().blobSize(DIGEST)).hasValue(5);
    assertThat(authorizations).endsWith("Bearer t", "Bearer t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"401|{}", "403|{}", "400|{}", "200|<html>", "200|{}", "200|{\"token\":\"\"}"})
  void aTokenServerThatGivesNoneRefuses(int status, String document) {
    signInWithPassword();
    challenge("Bearer " + realm());
    expect("GET /oauth2/token?" + SCOPE + ME, status, document);
    assertThatThrownBy(() -> app().blobSize(DIGEST))
        .isInstanceOf(AccessException.class)
        .hasMessageNotContaining("pw");
  }

  @Test
  void whereAPasswordIsWantedNobodyIsRefused() {
    challenge("Basic realm=\"me.azurecr.io\"");
    assertThatThrownBy(() -> app().blobSize(DIGEST)).isInstanceOf(AccessException.class);
    assertThat(authorizations).containsExactly("none");
  }
}
