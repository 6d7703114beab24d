package io.registrykit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
  private static final Principal ANN = Principals.user("ann");
  private static final Access PULL = new Access(new RepositoryName("team/app"), Action.PULL);

  private final AccessRules rules = new AccessRules();

  @Test
  void saysWhySomethingIsPermitted() {
    rules.assign(ANN, Role.ACR_PULL, new RepositoryPattern("team/*"));
    rules.putScopeMap(ScopeMap.parse("the-map", List.of("repositories/*/content/read")));
    rules.bind(ANN, "the-map");
    Explanation explanation = rules.explain(ANN, PULL);

    assertThat(explanation.allowed()).isTrue();
    assertThat(explanation.wouldHelp()).isEmpty();
    assertThat(explanation)
        .hasToString(
            "user:ann may pull on team/app: role AcrPull on team/*; scope map the-map on *");
  }

  @Test
  void saysWhatWouldHelp() {
    Access push = new Access(new RepositoryName("team/app"), Action.PUSH);
    rules.assign(ANN, Role.ACR_PULL, RepositoryPattern.ALL);

    assertThat(rules.explain(ANN, push).toString())
        .startsWith("user:ann may not push on team/app, because no rule permits it")
        .contains("the role AcrPush on team/app", "a scope map with push on team/app")
        .doesNotContain("AcrPull", "anonymous");
    assertThat(rules.explain(Principal.ANONYMOUS, PULL).wouldHelp())
        .containsExactly("anonymous pull on team/app");
    assertThat(rules.explain(Principal.ANONYMOUS, push).wouldHelp()).containsExactly("signing in");
    assertThat(rules.explain(new Principal("x"), Access.catalog()).wouldHelp())
        .contains("the role Container Registry Repository Catalog Lister on *");
  }

  @Test
  void anExplanationAgreesWithTheDecision() {
    rules.assignToGroup("ops", Role.REPOSITORY_WRITER, new RepositoryPattern("team/*"));
    rules.anonymousPull(List.of(new RepositoryPattern("public/*")));
    for (Principal principal :
        List.of(ANN, Principal.ANONYMOUS, new Principal("user:bob", Set.of("ops")))) {
      for (String name : List.of("team/app", "public/x", "team", "other")) {
        for (Action action : Action.values()) {
          Access access = new Access(new RepositoryName(name), action);
          assertThat(rules.explain(principal, access).allowed())
              .isEqualTo(!rules.permitted(principal, Set.of(access)).isEmpty());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*,a,true",
    "*,a/b/c,true",
    "a/*,a/b,true",
    "a/*,a/b/c,true",
    "a/*,a,false",
    "a/*,ab/c,false",
    "a/b,a/b,true",
    "a/b,a/b/c,false",
    "a/b,a,false",
    "a,ab,false"
  })
  void patterns(String pattern, String name, boolean matches) {
    RepositoryPattern parsed = new RepositoryPattern(pattern);
    rules.assign(ANN, Role.REPOSITORY_READER, parsed);
    ScopeMap map = ScopeMap.of("the-map", Map.of(parsed, Set.of(Action.PULL)));
    Access access = new Access(new RepositoryName(name), Action.PULL);

    assertThat(parsed.matches(new RepositoryName(name))).isEqualTo(matches);
    assertThat(rules.permitted(ANN, Set.of(access)).contains(access)).isEqualTo(matches);
    assertThat(map.covers(access)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "**", "a*", "*/a", "a/*/b", "/*", "a//*", "A/*", "a/**", "../*"})
  void whatIsNoPattern(String text) {
    assertThatThrownBy(() -> new RepositoryPattern(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scopeMapsSpeakTheLanguageOfAzure() {
    List<String> actions =
        List.of(
            "repositories/*/metadata/read",
            "repositories/team/*/content/write",
            "repositories/team/app/content/delete",
            "repositories/team/app/content/read");

    assertThat(ScopeMap.parse("the-map", actions).actions()).isEqualTo(actions);
    assertThat(ScopeMap.predefined())
        .extracting(ScopeMap::name)
        .containsExactly("_repositories_pull", "_repositories_push", "_repositories_admin");
    for (String wrong :
        List.of(
            "",
            "content/read",
            "repositories/content/read",
            "repositories//content/read",
            "repositories/a/content/execute",
            "repositories/a/pull",
            "registry/a/content/read",
            "repositories/A/content/read")) {
      assertThatThrownBy(() -> ScopeMap.parse("the-map", List.of(wrong)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ScopeMap.parse("_mine", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScopeMap.parse("the-map", Collections.nCopies(501, actions.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> ScopeMap.of("the-map", Map.of(RepositoryPattern.ALL, Set.of(Action.CATALOG))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noScopeMapOpensTheCatalog() {
    rules.bind(ANN, "_repositories_admin");

    assertThat(rules.permitted(ANN, Set.of(Access.catalog(), PULL))).containsExactly(PULL);
  }

  @Test
  void lookingDoesNotPull() {
    rules.assign(ANN, Role.READER, RepositoryPattern.ALL);

    assertThat(rules.permitted(ANN, Set.of(PULL, Access.catalog())))
        .containsExactly(Access.catalog());
  }

  @Test
  void whatWasGivenCanBeTaken() {
    rules.assign(ANN, Role.ACR_PULL, RepositoryPattern.ALL);
    assertThat(rules.unassign(ANN, Role.ACR_PUSH, RepositoryPattern.ALL)).isFalse();
    assertThat(rules.unassign(ANN, Role.ACR_PULL, RepositoryPattern.ALL)).isTrue();
    assertThat(rules.permitted(ANN, Set.of(PULL))).isEmpty();

    Principal bob = new Principal("user:bob", Set.of("ops"));
    rules.assignToGroup("ops", Role.ACR_PULL, RepositoryPattern.ALL);
    assertThat(rules.permitted(bob, Set.of(PULL))).isNotEmpty();
    assertThat(rules.unassignFromGroup("ops", Role.ACR_PULL, RepositoryPattern.ALL)).isTrue();
    assertThat(rules.permitted(bob, Set.of(PULL))).isEmpty();

    rules.bind(ANN, "_repositories_pull");
    rules.assign(ANN, Role.OWNER, RepositoryPattern.ALL);
    rules.forget(ANN);
    assertThat(rules.permitted(ANN, Set.of(PULL))).isEmpty();
    assertThatThrownBy(() -> rules.assign(Principal.ANONYMOUS, Role.OWNER, RepositoryPattern.ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
