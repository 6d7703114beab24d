package io.registrykit.internal.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.registrykit.auth.TextSource;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an identity provider, as nimbus keeps them: for a while, and beyond that while when
 * the provider cannot be reached. Safe for use by any number of threads.
 *
 * <p>A key that is not known may be new, so the set is read again for it, but not often: anybody
 * can make up a name.
 */
final class RemoteKeys {
  private static final Duration LIFE = Duration.ofMinutes(15);

  /** In so much time the set is read twice at most, whatever tokens come. */
  private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(30);

  /** How long the provider may be away before keys that were good stop being so. */
  private static final Duration LONGEST_OUTAGE = Duration.ofDays(1);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final TextSource source;
  private final Clock clock;
  private final JWKSetSource<SecurityContext> keys;
  private volatile @Nullable String seenVersion;

  RemoteKeys(TextSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.keys =
        new CachingJWKSetSource<>(
            new RateLimitedJWKSetSource<>(
                new OutageTolerantJWKSetSource<>(
                    new Texts(source), LONGEST_OUTAGE.toMillis(), null),
                REFRESH_INTERVAL.toMillis(),
                null),
            LIFE.toMillis(),
            LONGEST_WAIT.toMillis(),
            null);
  }

  /** The key of a name, or null when there is none. */
  @Nullable JWK find(String id) throws IOException {
    JWKSet known = known();
    JWK key = known.getKeyByKeyId(id);
    if (key != null) {
      return key;
    }
    try {
      return read(JWKSetCacheRefreshEvaluator.referenceComparison(known)).getKeyByKeyId(id);
    } catch (KeySourceException e) {
      return null;
    }
  }

  /** A file that was replaced counts at once; a set at a provider when its time is over. */
  private JWKSet known() throws IOException {
    String version = source.version();
    try {
      JWKSet known =
          read(
              seenVersion == null || version.equals(seenVersion)
                  ? JWKSetCacheRefreshEvaluator.noRefresh()
                  : JWKSetCacheRefreshEvaluator.forceRefresh());
      seenVersion = version;
      return known;
    } catch (RateLimitReachedException e) {
      return whatIsLeft(e);
    } catch (KeySourceException e) {
      throw unreadable(e);
    }
  }

  private JWKSet whatIsLeft(RateLimitReachedException reached) throws IOException {
    if (seenVersion == null) {
      throw unreadable(reached);
    }
    try {
      return read(JWKSetCacheRefreshEvaluator.noRefresh());
    } catch (KeySourceException e) {
      throw unreadable(e);
    }
  }

  private JWKSet read(JWKSetCacheRefreshEvaluator evaluator) throws KeySourceException {
    return keys.getJWKSet(evaluator, clock.millis(), null);
  }

  private static IOException unreadable(KeySourceException cause) {
    return new IOException("the keys of the identity provider cannot be read just now", cause);
  }

  /** Reads the set from a text. */
  private record Texts(TextSource source) implements JWKSetSource<SecurityContext> {
    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
        throws KeySourceException {
      try {
        String text = source.read();
        if (text.length() > TextSource.MAX_LENGTH) {
          throw new JWKSetUnavailableException("the keys are too long");
        }
        return JWKSet.parse(text);
      } catch (ParseException e) {
        throw new JWKSetParseException("the keys are no JWK set", e);
      } catch (IOException e) {
        throw new JWKSetUnavailableException("the keys cannot be read", e);
      }
    }

    @Override
    public void close() {}
  }
}
