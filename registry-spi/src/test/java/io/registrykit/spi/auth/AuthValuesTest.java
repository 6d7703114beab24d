package io.registrykit.spi.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthValuesTest {

  @Test
  void secretsDoNotPrint() {
    assertThat(new Credentials.Password("alice", "s3cret"))
        .asString()
        .contains("alice")
        .doesNotContain("s3cret");
    assertThat(new Credentials.Bearer("eyJ.t0ken")).asString().doesNotContain("t0ken");
  }

  @Test
  void actionsHaveTheirNamesInAScope() {
    for (Action action : Action.values()) {
      if (action != Action.CATALOG) {
        assertThat(Action.ofScopeName(action.scopeName())).contains(action);
      }
    }
    assertThat(Action.ofScopeName("metadataRead")).contains(Action.METADATA_READ);
    assertThat(Action.ofScopeName("metadataWrite")).contains(Action.METADATA_WRITE);
    assertThat(Action.ofScopeName("*")).isEmpty();
    assertThat(Access.catalog().repository()).isNull();
  }
}
