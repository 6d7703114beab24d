package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.Headers;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long tokens live. */
class TokenLifeTest {
  private static final String PULL = "repository:team/app:pull";
  private static final String TAGS = "/v2/team/app/tags/list";

  private final SecuredApi api = new SecuredApi();

  private String puller() {
    String secret = api.directory.addServicePrincipal("puller");
    api.rules.assign(Principals.servicePrincipal("puller"), Role.ACR_PULL, RepositoryPattern.ALL);
    return secret;
  }

  private String exchange(String provider) {
    return SecuredApi.field(
        api.form("/oauth2/exchange", "grant_type", "access_token", "access_token", provider)
            .is(200),
        "refresh_token");
  }

  private Answer refresh(String token) {
    return api.form(
        "/oauth2/token", "grant_type", "refresh_token", "refresh_token", token, "scope", PULL);
  }

  @Test
  void anAccessTokenLivesFor75Minutes() {
    String token = SecuredApi.bearer(api.token("puller", puller(), PULL));

    api.time.advance(Duration.ofMinutes(75).minusSeconds(1));
    api.as(token, "GET", TAGS).is(404);
    api.time.advance(Duration.ofSeconds(1));
    api.as(token, "GET", TAGS).is(401);
  }

  @Test
  void aRefreshTokenLivesFor3Hours() throws Exception {
    String secret = puller();
    String token = exchange(api.directory.issueToken("puller", secret).orElseThrow());

    api.time.advance(Duration.ofHours(3).minusSeconds(1));
    refresh(token).is(200);
    api.time.advance(Duration.ofSeconds(1));
    refresh(token).is(401);
  }

  @Test
  void aRefreshTokenEndsWithWhatItRestsOn() throws Exception {
    String secret = puller();
    String token = exchange(api.directory.issueToken("puller", secret).orElseThrow());
    refresh(token).is(200);

    api.directory.setEnabled(Principals.servicePrincipal("puller"), false);
    refresh(token).is(401);
    api.directory.setEnabled(Principals.servicePrincipal("puller"), true);
    refresh(token).is(200);
    api.directory.regenerateSecret("puller");
    refresh(token).is(401);
  }

  @Test
  void bothCanBeOtherwise() {
    String secret = puller();
    RegistryAccess access =
        RegistryAccess.builder(SecuredApi.SERVICE)
            .documents(api.documents)
            .clock(api.time)
            .identities(api.directory)
            .authorizer(api.rules)
            .accessTokenLife(Duration.ofMinutes(5))
            .refreshTokenLife(Duration.ofMinutes(10))
            .build();
    RegistryApi own =
        RegistryApi.builder(EmbeddedRegistry.builder().store(MemoryStore.create()).build())
            .access(access)
            .build();
    Answer answer =
        Answer.of(
            "GET",
            own.handle(
                ApiRequest.of("GET", "/oauth2/token?scope=" + PULL)
                    .withHeaders(Headers.of("Authorization", SecuredApi.basic("puller", secret)))));

    assertThat(answer.is(200).text()).contains("\"expires_in\":300");
    assertThat(access.issuer().verify(SecuredApi.field(answer, "token")).orElseThrow().expiresAt())
        .isEqualTo(api.time.instant().plus(Duration.ofMinutes(5)));
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofDays(2)}) {
      assertThatThrownBy(
              () ->
                  RegistryAccess.builder(SecuredApi.SERVICE)
                      .documents(api.documents)
                      .authorizer(api.rules)
                      .refreshTokenLife(wrong)
                      .build())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
