package io.registrykit.internal.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.registrykit.auth.Identities;
import io.registrykit.auth.SignIn;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several sources of identities, asked in their order. A stamp carries the name of its source, so
 * that no source is asked about what another one vouched for. Safe for use by any number of
 * threads.
 *
 * <p>Who signed in before is looked for first where that was: a source with slow hashes takes its
 * time over a name that it does not know, and clients show their password again and again.
 */
public final class IdentityChain implements Identities {
  private static final char SEPARATOR = ':';

  private static final int MAX_REMEMBERED = 10_000;

  private final Map<String, Identities> sources;

  /** Where a name signed in last, by a digest of it. */
  private final Cache<String, Identities> lastSources =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).executor(Runnable::run).build();

  /**
   * A chain.
   *
   * @param sources the sources, with different names
   * @throws IllegalArgumentException if two have the same name
   */
  public IdentityChain(List<Identities> sources) {
    Map<String, Identities> byName = new LinkedHashMap<>();
    for (Identities source : sources) {
      if (byName.put(source.source(), source) != null) {
        throw new IllegalArgumentException("two sources are called " + source.source());
      }
    }
    this.sources = byName;
  }

  @Override
  public String source() {
    return "chain";
  }

  @Override
  public Optional<SignIn> signIn(Credentials credentials) throws IOException {
    String name =
        credentials instanceof Credentials.Password password
            ? Secrets.stamp(password.user())
            : null;
    Identities last = name == null ? null : lastSources.getIfPresent(name);
    for (Identities source : startingWith(last)) {
      Optional<SignIn> signIn = signIn(source, credentials);
      if (signIn.isPresent()) {
        if (name != null && source != last) {
          lastSources.put(name, source);
        }
        return signIn;
      }
    }
    return Optional.empty();
  }

  private Collection<Identities> startingWith(@Nullable Identities first) {
    if (first == null) {
      return sources.values();
    }
    Set<Identities> ordered = new LinkedHashSet<>(Set.of(first));
    ordered.addAll(sources.values());
    return ordered;
  }

  private static Optional<SignIn> signIn(Identities source, Credentials credentials)
      throws IOException {
    return source
        .signIn(credentials)
        .map(
            signIn -> new SignIn(signIn.principal(), source.source() + SEPARATOR + signIn.stamp()));
  }

  @Override
  public boolean stands(Principal principal, String stamp) throws IOException {
    int separator = stamp.indexOf(SEPARATOR);
    Identities source = separator < 0 ? null : sources.get(stamp.substring(0, separator));
    return source != null && source.stands(principal, stamp.substring(separator + 1));
  }
}
