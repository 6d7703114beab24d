package io.registrykit.internal.auth;

import io.registrykit.auth.Identities;
import io.registrykit.auth.SignIn;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several sources of identities, asked in their order. A stamp carries the name of its source, so
 * that no source is asked about what another one vouched for. Immutable, and safe for use by any
 * number of threads.
 */
public final class IdentityChain implements Identities {
  private static final char SEPARATOR = ':';

  private final Map<String, Identities> sources;

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
    for (Identities source : sources.values()) {
      Optional<SignIn> signIn = source.signIn(credentials);
      if (signIn.isPresent()) {
        String stamp = source.source() + SEPARATOR + signIn.get().stamp();
        return Optional.of(new SignIn(signIn.get().principal(), stamp));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean stands(Principal principal, String stamp) throws IOException {
    int separator = stamp.indexOf(SEPARATOR);
    Identities source = separator < 0 ? null : sources.get(stamp.substring(0, separator));
    return source != null && source.stands(principal, stamp.substring(separator + 1));
  }
}
