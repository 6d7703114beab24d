package io.registrykit.internal.engine;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who makes one request, and what the credentials of that request open. For use by one thread. */
public interface Caller {

  /** Somebody who was not asked and is permitted nothing. */
  Caller UNASKED =
      new Caller() {
        @Override
        public Principal principal() {
          return Principal.ANONYMOUS;
        }

        @Override
        public boolean isSignedIn() {
          return false;
        }

        @Override
        public boolean permits(@Nullable RepositoryName repository, Set<Action> actions) {
          return false;
        }
      };

  /**
   * Who it is.
   *
   * @return {@link Principal#ANONYMOUS} when nobody has signed in
   */
  Principal principal();

  /**
   * Whether the caller has signed in, or signing in would open nothing more.
   *
   * @return false when credentials could help
   */
  boolean isSignedIn();

  /**
   * Whether the caller may do something.
   *
   * @param repository the repository, or null for the registry
   * @param actions what is to be done; all of it has to be permitted
   * @return false when anything is not permitted
   * @throws IOException if the directory behind it cannot be asked
   */
  boolean permits(@Nullable RepositoryName repository, Set<Action> actions) throws IOException;
}
