package io.registrykit.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.registrykit.model.Bytes;
import io.registrykit.spi.store.DocumentStore;
import io.registrykit.spi.store.DocumentStore.Document;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The RSA keys that tokens are signed with: one signs, and those before it still verify until every
 * token that they signed has ended. They are kept in one document, so that a restart, or another
 * process on the same documents, knows them. Safe for use by any number of threads.
 */
public final class SigningKeys {
  private static final int KEY_BITS = 2048;
  private static final int MAX_TRIES = 8;

  /** How often the document is read again for a key that is not known, at most. */
  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(2);

  private final DocumentStore documents;
  private final String name;
  private final Clock clock;
  private final Duration rotateAfter;
  private final Duration verifyFor;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile @Nullable Ring ring;
  private volatile Instant reloadedAt = Instant.MIN;

  /**
   * Keys in a document.
   *
   * @param documents where the document is
   * @param name its name
   * @param clock what tells the time
   * @param rotateAfter how old a key may get before another one signs
   * @param verifyFor how long a key verifies after it has signed for the last time: the longest
   *     life of a token
   */
  public SigningKeys(
      DocumentStore documents, String name, Clock clock, Duration rotateAfter, Duration verifyFor) {
    this.documents = documents;
    this.name = name;
    this.clock = clock;
    this.rotateAfter = rotateAfter;
    this.verifyFor = verifyFor;
  }

  /** The key that signs now. */
  RSAKey current() throws IOException {
    Ring known = ring();
    RSAKey newest = known.newest();
    return newest == null || isOld(newest) ? rotate(false) : newest;
  }

  /** The public half of a key, or null when it is not known or too old. */
  @Nullable RSAKey verifying(String id) throws IOException {
    RSAKey key = ring().byId(id);
    if (key == null && mayReload()) {
      key = load().byId(id);
    }
    return key == null || isDead(key) ? null : key;
  }

  /** A stranger can name any key: the document is read for it once in a while only. */
  private boolean mayReload() {
    Instant now = clock.instant();
    if (now.isBefore(reloadedAt.plus(RELOAD_INTERVAL)) || !changing.tryLock()) {
      return false;
    }
    try {
      reloadedAt = now;
      return true;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Makes another key sign from now on; tokens of those before it stay good.
   *
   * @throws IOException if the document cannot be written
   */
  public void rotate() throws IOException {
    rotate(true);
  }

  private RSAKey rotate(boolean always) throws IOException {
    changing.lock();
    try {
      for (int i = 0; i < MAX_TRIES; i++) {
        Ring before = load();
        RSAKey newest = before.newest();
        if (newest != null && !isOld(newest) && !always) {
          return newest;
        }
        RSAKey made = generate();
        List<JWK> keys = new ArrayList<>();
        keys.add(made);
        before.keys().stream().filter(key -> !isDead(key)).forEach(keys::add);
        Bytes content = Bytes.utf8(new JWKSet(keys).toString(false));
        if (documents.write(name, content, before.version())) {
          load();
          return made;
        }
      }
      throw new IOException("the document " + name + " changes too often");
    } finally {
      changing.unlock();
    }
  }

  private RSAKey generate() {
    try {
      return new RSAKeyGenerator(KEY_BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyID(UUID.randomUUID().toString())
          .issueTime(Date.from(clock.instant()))
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java platform makes no RSA keys", e);
    }
  }

  private boolean isOld(RSAKey key) {
    return !clock.instant().isBefore(madeAt(key).plus(rotateAfter));
  }

  private boolean isDead(RSAKey key) {
    return !clock.instant().isBefore(madeAt(key).plus(rotateAfter).plus(verifyFor));
  }

  private static Instant madeAt(RSAKey key) {
    Date made = key.getIssueTime();
    return made == null ? Instant.EPOCH : made.toInstant();
  }

  /**
   * The public halves, for whoever else verifies the tokens.
   *
   * @return a JWK set (RFC 7517)
   * @throws IOException if the document cannot be read
   */
  public String publicKeys() throws IOException {
    current();
    Map<String, Object> json = new JWKSet(new ArrayList<JWK>(ring().keys())).toJSONObject(true);
    return JSONObjectUtils.toJSONString(json);
  }

  private Ring ring() throws IOException {
    Ring known = ring;
    return known == null ? load() : known;
  }

  private Ring load() throws IOException {
    Document document = documents.read(name).orElse(null);
    Ring read = document == null ? new Ring(List.of(), null) : parse(document);
    ring = read;
    return read;
  }

  private Ring parse(Document document) throws IOException {
    List<RSAKey> keys = new ArrayList<>();
    try {
      for (JWK key : JWKSet.parse(document.content().toUtf8()).getKeys()) {
        keys.add(key.toRSAKey());
      }
    } catch (ParseException | ClassCastException e) {
      // The cause may quote the document, and that holds private keys.
      throw new IOException("the document " + name + " does not hold signing keys");
    }
    keys.sort(Comparator.comparing(SigningKeys::madeAt).reversed());
    return new Ring(keys, document.version());
  }

  /** The keys, newest first, and the version of the document; null when there is none. */
  private record Ring(List<RSAKey> keys, @Nullable String version) {
    @Nullable RSAKey newest() {
      return keys.isEmpty() ? null : keys.get(0);
    }

    @Nullable RSAKey byId(String id) {
      for (RSAKey key : keys) {
        if (id.equals(key.getKeyID())) {
          return key;
        }
      }
      return null;
    }

    @Override
    public String toString() {
      return "Ring[" + keys.size() + " keys]";
    }
  }
}
