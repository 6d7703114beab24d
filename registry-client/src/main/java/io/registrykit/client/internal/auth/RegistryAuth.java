package io.registrykit.client.internal.auth;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.internal.http.Authorization;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HostPolicy;
import io.registrykit.client.internal.http.HttpSender;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Signs the client in at one registry: waits for its challenge, then shows a password or fetches
 * tokens, one for each set of scopes. Safe for use by any number of threads.
 */
public final class RegistryAuth implements Authorization {
  private static final int MAX_TOKENS = 256;

  private final String host;
  private final CredentialProvider provider;
  private final TokenClient tokens;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Challenge challenge;
  private final Map<Scopes, Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Scopes, Slot> eldest) {
          return size() > MAX_TOKENS;
        }
      };

  /** The token for one set of scopes; its lock is held while it is fetched. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token token;
    private volatile Scopes asked = Scopes.none();
    private volatile @Nullable String refreshToken;
  }

  /**
   * An authorization for one registry.
   *
   * @param host the registry with its port
   * @param provider finds the credentials
   * @param sender talks to token servers, and repeats what can be repeated
   * @param policy says which token servers may have credentials
   */
  public RegistryAuth(
      String host, CredentialProvider provider, HttpSender sender, HostPolicy policy) {
    this.host = host;
    this.provider = provider;
    this.tokens = new TokenClient(sender, policy);
  }

  @Override
  public Optional<String> header(Scopes scopes, CallLimits limits) throws IOException {
    Challenge known;
    Slot slot;
    lock.lock();
    try {
      known = challenge;
      slot = slots.computeIfAbsent(scopes, key -> new Slot());
    } finally {
      lock.unlock();
    }
    if (known == null) {
      return Optional.empty();
    }
    RegistryCredentials credentials = credentials(scopes);
    if (credentials instanceof RegistryCredentials.AccessToken access) {
      return Optional.of("Bearer " + access.token());
    }
    if (known.scheme().equals("basic")) {
      return credentials instanceof RegistryCredentials.Password password
          ? Optional.of(BasicHeader.of(password))
          : Optional.empty();
    }
    return Optional.of("Bearer " + token(known, slot, scopes, credentials, limits));
  }

  private String token(
      Challenge known, Slot slot, Scopes scopes, RegistryCredentials credentials, CallLimits limits)
      throws IOException {
    slot.lock.lock();
    try {
      Token token = slot.token;
      if (token == null || !token.isFresh()) {
        String refresh = slot.refreshToken;
        RegistryCredentials shown =
            refresh != null && credentials instanceof RegistryCredentials.IdentityToken
                ? new RegistryCredentials.IdentityToken(refresh)
                : credentials;
        token = tokens.fetch(known, scopes.and(slot.asked), shown, limits);
        slot.token = token;
        if (token.refreshToken() != null) {
          slot.refreshToken = token.refreshToken();
        }
      }
      return token.value();
    } finally {
      slot.lock.unlock();
    }
  }

  @Override
  public boolean challenged(List<String> lines, Scopes scopes, Optional<String> sent) {
    Optional<Challenge> best = best(ChallengeParser.parse(lines));
    if (best.isEmpty()) {
      return false;
    }
    Slot slot;
    lock.lock();
    try {
      challenge = best.get();
      slot = slots.computeIfAbsent(scopes, key -> new Slot());
    } finally {
      lock.unlock();
    }
    RegistryCredentials credentials = credentials(scopes);
    if (credentials instanceof RegistryCredentials.AccessToken) {
      return sent.isEmpty();
    }
    if (best.get().scheme().equals("basic")) {
      return sent.isEmpty() && credentials instanceof RegistryCredentials.Password;
    }
    Token token = slot.token;
    if (token != null && sent.isPresent() && sent.get().equals("Bearer " + token.value())) {
      slot.token = null;
    }
    slot.asked = best.get().parameter("scope").map(Scopes::parse).orElse(Scopes.none());
    return true;
  }

  /** A token server before a password, because the password then goes to fewer places. */
  private static Optional<Challenge> best(List<Challenge> challenges) {
    return challenges.stream()
        .filter(one -> one.scheme().equals("bearer") && one.parameter("realm").isPresent())
        .findFirst()
        .or(() -> challenges.stream().filter(one -> one.scheme().equals("basic")).findFirst());
  }

  private RegistryCredentials credentials(Scopes scopes) {
    String resource =
        scopes.actions().keySet().stream()
            .filter(name -> name.startsWith("repository:"))
            .sorted()
            .findFirst()
            .orElse("");
    RepositoryName repository =
        resource.isEmpty() ? null : new RepositoryName(resource.substring("repository:".length()));
    return provider.find(host, repository).credentials();
  }
}
