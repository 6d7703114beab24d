package io.registrykit.internal.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.registrykit.auth.TextSource;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an identity provider. Safe for use by any number of threads. A key that is not known
 * may be new, so the set is read again for it, but once in a while only: anybody can make up a
 * name.
 */
final class RemoteKeys {
  private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(30);
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final TextSource source;
  private final Clock clock;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable JWKSet known;
  private volatile Instant triedAt = Instant.MIN;

  RemoteKeys(TextSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** The key of a name, or null when there is none. */
  @Nullable JWK find(String id) throws IOException {
    Instant seen = triedAt;
    JWKSet keys = known;
    JWK key = keys == null ? null : keys.getKeyByKeyId(id);
    return key == null ? refresh(seen).getKeyByKeyId(id) : key;
  }

  private JWKSet refresh(Instant seen) throws IOException {
    lock();
    try {
      JWKSet keys = known;
      if (keys != null && !triedAt.equals(seen)) {
        return keys;
      }
      Instant now = clock.instant();
      if (now.isBefore(triedAt.plus(REFRESH_INTERVAL))) {
        if (keys == null) {
          throw new IOException("the keys of the identity provider could not be read just now");
        }
        return keys;
      }
      triedAt = now;
      JWKSet read = read(keys);
      known = read;
      return read;
    } finally {
      loading.unlock();
    }
  }

  private void lock() throws IOException {
    try {
      if (!loading.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the keys of the identity provider are slow to come");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Keys that were good stay so when the provider cannot be reached. */
  private JWKSet read(@Nullable JWKSet old) throws IOException {
    try {
      String text = source.read();
      if (text.length() > TextSource.MAX_LENGTH) {
        throw new IOException("the keys of the identity provider are too long");
      }
      return JWKSet.parse(text);
    } catch (ParseException e) {
      if (old == null) {
        throw new IOException("the keys of the identity provider are no JWK set", e);
      }
      return old;
    } catch (IOException e) {
      if (old == null) {
        throw e;
      }
      return old;
    }
  }
}
