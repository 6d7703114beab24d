package io.registrykit.auth;

import io.registrykit.internal.auth.Bcrypt;
import io.registrykit.internal.auth.DirectoryMember;
import io.registrykit.internal.auth.DirectoryTokens;
import io.registrykit.internal.auth.Secrets;
import io.registrykit.internal.auth.store.MemberFormat;
import io.registrykit.internal.auth.store.StoredTable;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.store.DocumentStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A small directory inside the process: service principals with secrets, users with passwords, and
 * groups of both. It stands in for a directory in the cloud: where that issues access tokens for
 * client credentials, this does, too. Safe for use by any number of threads; every change acts at
 * once.
 */
public final class Directory implements Identities {
  /** The audience of the access tokens that Azure issues for container registries. */
  public static final String AUDIENCE = "https://containerregistry.azure.net";

  private static final int MAX_MEMBERS = 100_000;

  /** By the name of the principal. */
  private final StoredTable<DirectoryMember> members;

  private final Bcrypt bcrypt = new Bcrypt();
  private final SecureRandom random = new SecureRandom();
  private final DirectoryTokens tokens;

  /** For what a wrong name costs. */
  private final String sample;

  /**
   * A directory, which is empty at first.
   *
   * @param tenant the tenant of its tokens, such as a UUID
   * @param documents where its members, with hashes of their secrets, and the keys of its tokens
   *     are kept; those of one directory alone
   * @param clock what tells the time
   */
  public Directory(String tenant, DocumentStore documents, Clock clock) {
    this.members = StoredTable.large(documents, "directory", new MemberFormat());
    this.tokens = new DirectoryTokens(tenant, documents, clock);
    this.sample = Bcrypt.hash(Secrets.generate(random));
  }

  /**
   * Adds a service principal.
   *
   * @param id its id, which is the user name; usually a UUID
   * @return its secret, which cannot be read again
   * @throws IllegalArgumentException if the id is taken
   */
  public String addServicePrincipal(String id) {
    String secret = Secrets.generate(random);
    add(Principals.servicePrincipal(id), secret);
    return secret;
  }

  /**
   * Adds a user.
   *
   * @param name the name
   * @param password the password, of which 72 bytes count
   * @throws IllegalArgumentException if the name is taken
   */
  public void addUser(String name, String password) {
    add(Principals.user(name), password);
  }

  private void add(Principal principal, String secret) {
    if (members.size() >= MAX_MEMBERS) {
      throw new IllegalStateException("the directory is full");
    }
    DirectoryMember member = new DirectoryMember(Bcrypt.hash(secret), Set.of(), true);
    members.change(
        principal.name(),
        there -> {
          if (there != null) {
            throw new IllegalArgumentException("there is " + principal + " already");
          }
          return member;
        });
  }

  /**
   * Replaces the secret of a service principal, and ends every token that the old one got.
   *
   * @param id the service principal
   * @return its new secret, which cannot be read again
   * @throws NoSuchElementException if there is none
   */
  public String regenerateSecret(String id) {
    String secret = Secrets.generate(random);
    String hash = Bcrypt.hash(secret);
    change(Principals.servicePrincipal(id), member -> member.withHash(hash));
    return secret;
  }

  /**
   * Replaces the password of a user, and ends every token that the old one got.
   *
   * @param name the user
   * @param password the new password
   * @throws NoSuchElementException if there is none
   */
  public void setPassword(String name, String password) {
    String hash = Bcrypt.hash(password);
    change(Principals.user(name), member -> member.withHash(hash));
  }

  /**
   * Enables or disables a member.
   *
   * @param principal who
   * @param enabled whether it is let in
   * @throws NoSuchElementException if there is none
   */
  public void setEnabled(Principal principal, boolean enabled) {
    change(principal, member -> member.withEnabled(enabled));
  }

  /**
   * Puts a member into groups.
   *
   * @param principal who
   * @param groups all its groups, instead of those before
   * @throws NoSuchElementException if there is none
   */
  public void setGroups(Principal principal, Set<String> groups) {
    Set<String> copy = new HashSet<>(groups);
    change(principal, member -> member.withGroups(copy));
  }

  private void change(Principal principal, UnaryOperator<DirectoryMember> change) {
    members.change(
        principal.name(),
        member -> {
          if (member == null) {
            throw new NoSuchElementException("there is no " + principal);
          }
          return change.apply(member);
        });
  }

  /**
   * Removes a member.
   *
   * @param principal who
   * @return false when there was none
   */
  public boolean remove(Principal principal) {
    boolean there = members.get(principal.name()) != null;
    members.change(principal.name(), member -> null);
    return there;
  }

  /**
   * The groups of a member, for {@link AccessRules}.
   *
   * @param principal who
   * @return its groups; none when it is not a member
   */
  public Set<String> groupsOf(Principal principal) {
    DirectoryMember member = members.get(principal.name());
    return member == null ? Set.of() : member.groups();
  }

  /**
   * Issues an access token for client credentials (RFC 6749, section 4.4), such as Azure's SDK gets
   * from the cloud. A registry takes it at {@code /oauth2/exchange}.
   *
   * @param id a service principal
   * @param secret its secret
   * @return a token for one hour, or empty when they are wrong
   * @throws IOException if the keys cannot be reached
   */
  public Optional<String> issueToken(String id, String secret) throws IOException {
    Optional<SignIn> signIn = signIn(Principals.servicePrincipal(id), secret);
    return signIn.isEmpty() ? Optional.empty() : Optional.of(tokens.issue(signIn.get()));
  }

  /**
   * The public keys of the access tokens.
   *
   * @return a JWK set (RFC 7517)
   * @throws IOException if the keys cannot be reached
   */
  public String publicKeys() throws IOException {
    return tokens.publicKeys();
  }

  /**
   * The issuer of the access tokens.
   *
   * @return a URI, which need not lead anywhere
   */
  public String issuer() {
    return tokens.issuer();
  }

  @Override
  public String source() {
    return "directory";
  }

  @Override
  public Optional<SignIn> signIn(Credentials credentials) throws IOException {
    if (credentials instanceof Credentials.Password password) {
      Principal user = Principals.user(password.user());
      Principal named =
          members.get(user.name()) != null ? user : Principals.servicePrincipal(password.user());
      return signIn(named, password.secret());
    }
    if (credentials instanceof Credentials.Bearer bearer) {
      Optional<SignIn> shown = tokens.verify(bearer.token());
      return shown.filter(signIn -> stands(signIn.principal(), signIn.stamp()));
    }
    return Optional.empty();
  }

  private Optional<SignIn> signIn(Principal principal, String secret) {
    DirectoryMember member = members.get(principal.name());
    if (member == null) {
      bcrypt.refuse(secret, sample);
      return Optional.empty();
    }
    return bcrypt.verify(secret, member.hash()) && member.enabled()
        ? Optional.of(new SignIn(principal, Secrets.stamp(member.hash())))
        : Optional.empty();
  }

  @Override
  public boolean stands(Principal principal, String stamp) {
    DirectoryMember member = members.get(principal.name());
    return member != null && member.enabled() && Secrets.stamp(member.hash()).equals(stamp);
  }
}
