package io.registrykit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.error.BackendException;
import io.registrykit.model.Bytes;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.auth.TokenGrant;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.store.memory.MemoryDocuments;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What outlives the process: accounts, rules and keys, and of secrets nothing but hashes. */
class RestartTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Principal SERVICE = Principals.servicePrincipal("ci");

  private final Documents documents = new Documents();

  /** Documents that can fail, and of which everything can be seen. */
  private static final class Documents implements DocumentStore {
    private final DocumentStore kept = new MemoryDocuments();
    private final Map<String, Bytes> written = new HashMap<>();
    private boolean broken;

    @Override
    public Optional<Document> read(String name) throws IOException {
      fail();
      return kept.read(name);
    }

    @Override
    public boolean write(String name, Bytes content, @Nullable String expectedVersion)
        throws IOException {
      fail();
      boolean done = kept.write(name, content, expectedVersion);
      if (done) {
        written.put(name, content);
      }
      return done;
    }

    private void fail() throws IOException {
      if (broken) {
        throw new IOException("no space left on device");
      }
    }
  }

  /** One process: everything is made anew from the same documents. */
  private final class Run {
    final Directory directory = new Directory("tenant", documents, CLOCK);
    final AccessRules rules = new AccessRules(directory::groupsOf, documents);
    final ScopedTokens tokens = new ScopedTokens(rules, documents, CLOCK);
    final AdminAccount admin = new AdminAccount("registry", documents, CLOCK);

    boolean may(Principal principal, String repository, Action action) {
      Access access = new Access(new RepositoryName(repository), action);
      return rules.permitted(principal, Set.of(access)).contains(access);
    }
  }

  private static boolean letsIn(Identities identities, String user, String secret)
      throws IOException {
    return identities.signIn(new Credentials.Password(user, secret)).isPresent();
  }

  @Test
  void theAdminAccountStays() throws IOException {
    Run before = new Run();
    assertThat(before.admin.hasPassword()).isFalse();
    String first = before.admin.regenerate(PasswordName.PASSWORD1);
    String second = before.admin.regenerate(PasswordName.PASSWORD2);
    before.admin.enable();
    String replaced = before.admin.regenerate(PasswordName.PASSWORD1);
    SignIn signIn = before.admin.signIn(new Credentials.Password("registry", second)).orElseThrow();

    Run after = new Run();

    assertThat(after.admin.isEnabled()).isTrue();
    assertThat(after.admin.hasPassword()).isTrue();
    assertThat(letsIn(after.admin, "registry", first)).isFalse();
    assertThat(letsIn(after.admin, "registry", replaced)).isTrue();
    assertThat(after.admin.stands(signIn.principal(), signIn.stamp())).isTrue();
    after.admin.disable();
    assertThat(letsIn(new Run().admin, "registry", replaced)).isFalse();
  }

  @Test
  void scopedTokensStay() throws IOException {
    Run before = new Run();
    before.rules.putScopeMap(ScopeMap.parse("build", List.of("repositories/a/*/content/read")));
    before.tokens.create("ci-token", "build");
    before.tokens.create("off-token", "_repositories_pull");
    before.tokens.create("no-token", "build");
    String secret = before.tokens.generatePassword("ci-token", PasswordName.PASSWORD1, null);
    String ended = before.tokens.generatePassword("ci-token", PasswordName.PASSWORD2, NOW);
    String off = before.tokens.generatePassword("off-token", PasswordName.PASSWORD1, null);
    before.tokens.setEnabled("off-token", false);
    before.tokens.delete("no-token");

    Run after = new Run();

    assertThat(after.tokens.names()).containsExactly("ci-token", "off-token");
    assertThat(letsIn(after.tokens, "ci-token", secret)).isTrue();
    assertThat(letsIn(after.tokens, "ci-token", ended)).isFalse();
    assertThat(letsIn(after.tokens, "off-token", off)).isFalse();
    assertThat(after.may(Principals.token("ci-token"), "a/b", Action.PULL)).isTrue();
    assertThat(after.may(Principals.token("ci-token"), "b", Action.PULL)).isFalse();
    assertThat(after.may(Principals.token("off-token"), "b", Action.PULL)).isTrue();
    assertThat(after.may(Principals.token("no-token"), "a/b", Action.PULL)).isFalse();
    assertThatThrownBy(() -> after.tokens.create("ci-token", "build"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rulesStay() {
    Run before = new Run();
    RepositoryPattern own = new RepositoryPattern("own/*");
    before.rules.assign(SERVICE, Role.ACR_PULL, own);
    before.rules.assign(SERVICE, Role.ACR_DELETE, RepositoryPattern.ALL);
    before.rules.unassign(SERVICE, Role.ACR_DELETE, RepositoryPattern.ALL);
    before.rules.assignToGroup("ops", Role.ACR_PUSH, own);
    before.rules.anonymousPull(List.of(new RepositoryPattern("public/*")));
    before.rules.putScopeMap(ScopeMap.parse("gone-map", List.of("repositories/*/content/read")));
    before.rules.removeScopeMap("gone-map");
    before.rules.putScopeMap(
        ScopeMap.of(
            "every-map",
            Map.of(
                RepositoryPattern.ALL,
                Set.of(Action.PULL, Action.PUSH, Action.DELETE),
                own,
                Set.of(Action.METADATA_READ, Action.METADATA_WRITE))));

    AccessRules after = new Run().rules;

    Access pull = new Access(new RepositoryName("own/a"), Action.PULL);
    Access delete = new Access(new RepositoryName("own/a"), Action.DELETE);
    Access push = new Access(new RepositoryName("own/a"), Action.PUSH);
    assertThat(after.permitted(SERVICE, Set.of(pull, delete, push))).containsExactly(pull);
    assertThat(after.permitted(new Principal("x", Set.of("ops")), Set.of(push, delete)))
        .containsExactly(push);
    assertThat(after.explain(new Principal("x", Set.of("ops")), push).because())
        .containsExactly("role AcrPush of group ops on own/*");
    assertThat(
            after.permitted(
                Principal.ANONYMOUS,
                Set.of(new Access(new RepositoryName("public/a"), Action.PULL), pull)))
        .hasSize(1);
    assertThat(after.scopeMap("gone-map")).isEmpty();
    assertThat(after.scopeMap("every-map").orElseThrow().actions())
        .isEqualTo(before.rules.scopeMap("every-map").orElseThrow().actions());
    assertThat(after.removeScopeMap("_repositories_pull")).isFalse();
    assertThat(after.scopeMap("_repositories_pull")).isPresent();
  }

  @Test
  void theDirectoryStays() throws IOException {
    Run before = new Run();
    String secret = before.directory.addServicePrincipal("ci");
    before.directory.addUser("ann", "s3cret");
    before.directory.addUser("bob", "s3cret");
    before.directory.setGroups(SERVICE, Set.of("ops", "dev"));
    before.directory.setEnabled(Principals.user("bob"), false);
    String token = before.directory.issueToken("ci", secret).orElseThrow();

    Run after = new Run();

    assertThat(letsIn(after.directory, "ci", secret)).isTrue();
    assertThat(letsIn(after.directory, "ann", "s3cret")).isTrue();
    assertThat(letsIn(after.directory, "bob", "s3cret")).isFalse();
    assertThat(after.directory.groupsOf(SERVICE)).containsExactlyInAnyOrder("ops", "dev");
    assertThat(after.directory.signIn(new Credentials.Bearer(token))).isPresent();
    after.directory.regenerateSecret("ci");
    assertThat(new Run().directory.signIn(new Credentials.Bearer(token))).isEmpty();
    after.directory.remove(Principals.user("ann"));
    assertThat(letsIn(new Run().directory, "ann", "s3cret")).isFalse();
  }

  @Test
  void onlyHashesAreKept() {
    Run process = new Run();
    process.rules.putScopeMap(ScopeMap.parse("build", List.of("repositories/a/content/read")));
    process.tokens.create("ci-token", "build");
    process.directory.addUser("ann", "correct horse");
    List<String> secrets =
        List.of(
            "correct horse",
            process.tokens.generatePassword("ci-token", PasswordName.PASSWORD1, null),
            process.admin.regenerate(PasswordName.PASSWORD1),
            process.directory.addServicePrincipal("ci"));

    assertThat(documents.written).isNotEmpty();
    documents.written.forEach(
        (name, content) -> assertThat(content.toUtf8()).as(name).doesNotContain(secrets));
  }

  /** Two processes over one folder, as a server and a command that renews a password. */
  @Test
  void whatOneProcessChangesTheOtherDoesNotUndo() throws IOException {
    Run one = new Run();
    Run other = new Run();
    one.admin.enable();
    String first = one.admin.regenerate(PasswordName.PASSWORD1);
    String second = other.admin.regenerate(PasswordName.PASSWORD2);

    Run third = new Run();
    assertThat(letsIn(third.admin, "registry", first)).isTrue();
    assertThat(letsIn(third.admin, "registry", second)).isTrue();
  }

  @Test
  void aChangeThatCannotBeKeptDoesNotCount() throws IOException {
    Run process = new Run();
    process.admin.enable();
    String secret = process.admin.regenerate(PasswordName.PASSWORD1);
    documents.broken = true;

    assertThatThrownBy(() -> process.admin.regenerate(PasswordName.PASSWORD1))
        .isInstanceOf(BackendException.class)
        .hasMessageNotContaining("space");
    assertThatThrownBy(process.admin::disable).isInstanceOf(BackendException.class);
    assertThat(letsIn(process.admin, "registry", secret)).isTrue();
    assertThatThrownBy(() -> letsIn(new Run().admin, "registry", secret))
        .isInstanceOf(BackendException.class);
  }

  @Test
  void aDocumentThatIsBrokenLetsNobodyIn() throws IOException {
    for (String content :
        List.of(
            "",
            "[]",
            "{\"format\":2,\"entries\":[]}",
            "{\"entries\":[{}]}",
            "{\"entries\":[{\"key\":\"registry\",\"admin\":true}]}",
            "{\"entries\":[{\"key\":\"registry\",\"password1\":{\"sha256\":\"00\"}}]}",
            "{\"entries\":[{\"key\":\"a\"},{\"key\":\"a\"}]}",
            "{\"entries\":[],\"more\":1}")) {
      DocumentStore broken = new MemoryDocuments();
      broken.write("admin-account", Bytes.utf8(content), null);
      AdminAccount admin = new AdminAccount("registry", broken, CLOCK);
      assertThatThrownBy(() -> letsIn(admin, "registry", "x"))
          .as(content)
          .isInstanceOf(BackendException.class);
    }
  }

  /** A restart and a rotation of keys lock nobody out. */
  @Test
  void tokensStayGood() {
    TokenGrant grant =
        new TokenGrant(
            TokenGrant.Use.REFRESH,
            SERVICE,
            "stamp",
            "registry.example",
            Set.of(),
            NOW.plus(Duration.ofHours(3)));
    String token = new JwtTokenIssuer(documents, "registry.example", CLOCK).issue(grant);
    new JwtTokenIssuer(documents, "registry.example", CLOCK).rotateKeys();

    assertThat(new JwtTokenIssuer(documents, "registry.example", CLOCK).verify(token))
        .contains(grant);
  }
}
