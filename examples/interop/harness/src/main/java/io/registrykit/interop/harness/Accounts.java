package io.registrykit.interop.harness;

import io.registrykit.auth.AccessRules;
import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.Directory;
import io.registrykit.auth.PasswordName;
import io.registrykit.auth.Principals;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.auth.ScopeMap;
import io.registrykit.auth.ScopedTokens;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The accounts of a registry with access rules. Everybody pulls below {@code public}. */
final class Accounts {
  private static final String LOGIN_SERVER = "127.0.0.1";
  private static final String PRINCIPAL = "33333333-3333-3333-3333-333333333333";

  private final Clock clock = Clock.systemUTC();
  private final DocumentStore documents;
  private final Directory directory;
  private final AccessRules rules;
  private final AdminAccount admin = new AdminAccount("registry", clock);
  private final ScopedTokens tokens;
  private final Map<Identity, Login> logins = new EnumMap<>(Identity.class);

  Accounts(DocumentStore documents) {
    this.documents = documents;
    this.directory = new Directory("a-tenant", documents, clock);
    this.rules = new AccessRules(directory::groupsOf);
    this.tokens = new ScopedTokens(rules, clock);
    rules.anonymousPull(List.of(new RepositoryPattern("public/*")));
    rules.assign(admin.principal(), Role.OWNER, RepositoryPattern.ALL);
    logins.put(Identity.ADMIN, new Login("registry", admin.regenerate(PasswordName.PASSWORD1)));
    admin.enable();
    rules.assign(Principals.servicePrincipal(PRINCIPAL), Role.ACR_PUSH, RepositoryPattern.ALL);
    logins.put(
        Identity.SERVICE_PRINCIPAL, new Login(PRINCIPAL, directory.addServicePrincipal(PRINCIPAL)));
    token(Identity.SCOPED_TOKEN, "robot-full", "_repositories_admin");
    token(Identity.READ_ONLY_TOKEN, "robot-reader", "_repositories_pull");
    rules.putScopeMap(
        ScopeMap.parse(
            "team-only",
            List.of("repositories/team/*/content/read", "repositories/team/*/content/write")));
    token(Identity.TEAM_TOKEN, "robot-team", "team-only");
    token(Identity.FORGETFUL_TOKEN, "robot-forgetful", "_repositories_admin");
  }

  private void token(Identity identity, String name, String scopeMap) {
    tokens.create(name, scopeMap);
    logins.put(
        identity, new Login(name, tokens.generatePassword(name, PasswordName.PASSWORD1, null)));
  }

  RegistryAccess access(Wire wire) {
    return RegistryAccess.builder(LOGIN_SERVER)
        .scheme(wire == Wire.TLS ? "https" : "http")
        .documents(documents)
        .identities(admin)
        .identities(directory)
        .identities(tokens)
        .authorizer(rules)
        .build();
  }

  /** What an identity types, but for {@link Identity#REFRESH_TOKEN}, which has to be fetched. */
  Login login(Identity identity) {
    Login login = logins.get(identity);
    if (login == null) {
      throw new IllegalArgumentException(identity + " has no password");
    }
    return login;
  }

  /** What the login of a cloud gives to the service principal. */
  String providerToken() throws IOException {
    Login login = login(Identity.SERVICE_PRINCIPAL);
    return directory.issueToken(login.user(), login.secret()).orElseThrow();
  }
}
