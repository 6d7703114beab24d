package io.registrykit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.internal.auth.Bcrypt;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsDocumentTest {
  private static final String HASH = Bcrypt.hash("s3cret");

  private static String document() {
    return """
        {
          "scopeMaps": [{"name": "build", "actions": ["repositories/team/*/content/read"]}],
          "users": [
            {"name": "ann", "hash": "%s", "roles": [{"role": "AcrPush", "repositories": "own/*"}]},
            {"name": "ci", "hash": "%s", "scopeMap": "build"}
          ],
          "anonymousPull": ["public/*"]
        }
        """
        .formatted(HASH, HASH);
  }

  private static Access on(String name, Action action) {
    return new Access(new RepositoryName(name), action);
  }

  @Test
  void usersSignInAndMayDoWhatTheDocumentSays() throws IOException {
    AccountsDocument accounts = AccountsDocument.parse(document());
    AccessRules rules = new AccessRules();
    accounts.applyTo(rules);
    Principal ann =
        accounts.identities().authenticate(new Credentials.Password("ann", "s3cret")).orElseThrow();
    Set<Access> wanted =
        Set.of(
            on("own/a", Action.PUSH),
            on("team/a", Action.PULL),
            on("team/a", Action.PUSH),
            on("public/a", Action.PULL));

    assertThat(rules.permitted(ann, wanted))
        .containsExactlyInAnyOrder(on("own/a", Action.PUSH), on("public/a", Action.PULL));
    assertThat(rules.permitted(Principals.htpasswd("ci"), wanted))
        .containsExactlyInAnyOrder(on("team/a", Action.PULL), on("public/a", Action.PULL));
    assertThat(accounts.identities().authenticate(new Credentials.Password("ci", "x"))).isEmpty();
    assertThat(accounts.toString()).doesNotContain("$2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"user\":[]}",
        "{\"users\":[{\"name\":\"a\"}]}",
        "{\"users\":[{\"name\":\"a\",\"hash\":\"s3cret\"}]}",
        "{\"users\":[{\"name\":\"a:b\",\"hash\":\"HASH\"}]}",
        "{\"users\":[{\"name\":\"a\\nb\",\"hash\":\"HASH\"}]}",
        "{\"users\":[{\"name\":\"a\",\"hash\":\"HASH\"},{\"name\":\"a\",\"hash\":\"HASH\"}]}",
        "{\"users\":[{\"name\":\"a\",\"hash\":\"HASH\",\"admin\":true}]}",
        "{\"users\":[{\"name\":\"a\",\"hash\":\"HASH\",\"roles\":[{\"role\":\"Root\"}]}]}",
        "{\"users\":[{\"name\":\"a\",\"hash\":\"HASH\",\"roles\":[{\"role\":\"Owner\",\"repositories\":\"**\"}]}]}",
        "{\"users\":[{\"name\":\"a\",\"hash\":\"HASH\",\"scopeMap\":\"none\"}]}",
        "{\"scopeMaps\":[{\"name\":\"build\",\"actions\":[\"pull\"]}]}",
        "{\"scopeMaps\":[{\"actions\":[]}]}",
        "{\"anonymousPull\":[\"*/x\"]}",
        "{\"anonymousPull\":true}"
      })
  void whatCannotBeMeantIsRefused(String document) {
    assertThatThrownBy(() -> AccountsDocument.parse(document.replace("HASH", HASH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("accounts: ")
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("$2");
  }
}
