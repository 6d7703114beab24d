package io.registrykit.auth;

import io.registrykit.internal.auth.Bcrypt;
import io.registrykit.internal.auth.HtpasswdUsers;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The users of an htpasswd file with bcrypt hashes, as {@code htpasswd -B} writes it. Safe for use
 * by any number of threads. A changed file counts from the next sign-in on; tokens of a user end
 * when its line changes or goes.
 *
 * @see <a href="https://httpd.apache.org/docs/2.4/misc/password_encryptions.html">Apache HTTP
 *     Server, password formats</a>
 */
public final class HtpasswdIdentities implements Identities {
  /** The group that every user of the file is in. */
  public static final String GROUP = "htpasswd";

  private final TextSource file;
  private final Bcrypt bcrypt = new Bcrypt();
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable Loaded loaded;

  /**
   * Users of a file.
   *
   * @param file the content of the file
   */
  public HtpasswdIdentities(TextSource file) {
    this.file = file;
  }

  @Override
  public String source() {
    return "htpasswd";
  }

  @Override
  public Optional<SignIn> signIn(Credentials credentials) throws IOException {
    if (!(credentials instanceof Credentials.Password password)) {
      return Optional.empty();
    }
    HtpasswdUsers users = users();
    String hash = users.hashOf(password.user());
    if (hash == null) {
      users.sample().ifPresent(sample -> bcrypt.refuse(password.secret(), sample));
      return Optional.empty();
    }
    return bcrypt.verify(password.secret(), hash)
        ? Optional.of(new SignIn(member(password.user()), HtpasswdUsers.stampOf(hash)))
        : Optional.empty();
  }

  private static Principal member(String user) {
    return new Principal(Principals.htpasswd(user).name(), Set.of(GROUP));
  }

  @Override
  public boolean stands(Principal principal, String stamp) throws IOException {
    String prefix = Principals.htpasswd("").name();
    if (!principal.name().startsWith(prefix)) {
      return false;
    }
    String hash = users().hashOf(principal.name().substring(prefix.length()));
    return hash != null && HtpasswdUsers.stampOf(hash).equals(stamp);
  }

  private HtpasswdUsers users() throws IOException {
    String version = file.version();
    Loaded known = loaded;
    if (known != null && known.version().equals(version)) {
      return known.users();
    }
    loading.lock();
    try {
      Loaded again = loaded;
      if (again == null || !again.version().equals(version)) {
        again = new Loaded(version, HtpasswdUsers.parse(file.read()));
        loaded = again;
      }
      return again.users();
    } finally {
      loading.unlock();
    }
  }

  private record Loaded(String version, HtpasswdUsers users) {}
}
