package io.registrykit.examples.standalone;

import io.registrykit.auth.AccessRules;
import io.registrykit.auth.AccountsDocument;
import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.HtpasswdIdentities;
import io.registrykit.auth.PasswordName;
import io.registrykit.auth.RegistryAccess;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.Role;
import io.registrykit.server.jdk.WatchedFile;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Who may do what on the registry that is served. */
final class AccessOptions {
  static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "REGISTRY_ADMIN_PASSWORD";

  @Option(
      names = "--auth",
      paramLabel = "FILE",
      description = {
        "Let in the users of this file and nobody else: an htpasswd file with bcrypt hashes, whose"
            + " users may do everything, or a JSON document (.json) with users, roles and scope"
            + " maps."
      })
  private @Nullable Path file;

  @Option(
      names = "--admin",
      description = {
        "Let in the user admin, with the password in the environment variable "
            + ADMIN_PASSWORD
            + " or with one that is made and printed at the first start. With --root it is kept, as"
            + " a hash; 'credential renew' makes another one."
      })
  private boolean admin;

  @Option(
      names = "--login-server",
      paramLabel = "HOST",
      description = "The name that clients use for the registry. Default: host and port.")
  private @Nullable String loginServer;

  /** Made by picocli. */
  AccessOptions() {}

  /** Whether anybody has to sign in. */
  boolean isClosed() {
    return file != null || admin;
  }

  /**
   * Reads the accounts.
   *
   * @param documents where the signing keys are kept
   * @param scheme how clients reach the registry
   * @param address host and port
   * @param spec for messages
   * @return who may do what
   * @throws IOException if the file cannot be read
   */
  RegistryAccess open(DocumentStore documents, String scheme, String address, CommandSpec spec)
      throws IOException {
    AccessRules rules = new AccessRules();
    RegistryAccess.Builder builder =
        RegistryAccess.builder(loginServer == null ? address : loginServer)
            .scheme(scheme)
            .documents(documents)
            .authorizer(rules);
    if (admin) {
      builder.identities(adminAccount(documents, rules, spec));
    }
    if (file != null) {
      addFile(file, rules, builder, spec);
    }
    return builder.build();
  }

  private static AdminAccount adminAccount(
      DocumentStore documents, AccessRules rules, CommandSpec spec) {
    AdminAccount account = new AdminAccount(ADMIN, documents, Clock.systemUTC());
    String given = System.getenv(ADMIN_PASSWORD);
    if (given == null && !account.hasPassword()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("password of admin: " + account.regenerate(PasswordName.PASSWORD1));
      err.flush();
    } else if (given != null) {
      try {
        account.setPassword(PasswordName.PASSWORD1, given);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), ADMIN_PASSWORD + ": " + e.getMessage());
      }
    }
    account.enable();
    rules.assign(account.principal(), Role.OWNER, RepositoryPattern.ALL);
    return account;
  }

  private static void addFile(
      Path file, AccessRules rules, RegistryAccess.Builder builder, CommandSpec spec)
      throws IOException {
    if (file.toString().endsWith(".json")) {
      try {
        AccountsDocument accounts = AccountsDocument.parse(Files.readString(file));
        accounts.applyTo(rules);
        builder.identities(accounts.identities());
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage());
      }
    } else {
      WatchedFile users = new WatchedFile(file);
      users.read();
      builder.identities(new HtpasswdIdentities(users));
      rules.assignToGroup(HtpasswdIdentities.GROUP, Role.CONTRIBUTOR, RepositoryPattern.ALL);
    }
  }
}
