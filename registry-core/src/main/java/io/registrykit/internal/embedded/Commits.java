package io.registrykit.internal.embedded;

import io.registrykit.error.BackendException;
import io.registrykit.error.ConflictException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.CommitResult.Applied;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes commits in one repository, and errors of what was refused. Thread-safe. */
final class Commits {
  private final RegistryContext context;
  private final RepositoryName name;

  Commits(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
  }

  /**
   * Makes a commit.
   *
   * @param at the present
   * @param changes what to do
   * @param otherwise makes an error of a rejection other than a lock
   */
  Applied commit(
      Instant at, List<Change> changes, Function<? super Rejected, RegistryException> otherwise)
      throws IOException {
    CommitResult result = context.store().repositories().commit(name, at, changes);
    if (result instanceof Applied applied) {
      return applied;
    }
    Rejected rejected = (Rejected) result;
    if (rejected.reason() == Rejection.LOCKED
        && changes.get(rejected.changeIndex()) instanceof Change.RequireUnlocked lock) {
      throw locked(lock.target(), lock.use());
    }
    throw otherwise.apply(rejected);
  }

  /** What a lock says: 405, as Azure Container Registry answers. */
  ConflictException locked(@Nullable Reference target, Attributes.Use use) {
    String what =
        target == null
            ? "repository " + name
            : (target instanceof Tag ? "tag " : "manifest ") + target;
    return new ConflictException(
        ErrorCode.UNSUPPORTED,
        "the operation is disallowed: " + what + " is locked",
        Map.of(
            "locked",
            target == null ? name.value() : target.toString(),
            "use",
            use.name().toLowerCase(Locale.ROOT)));
  }

  /** Throws unless the repository, which need not exist, is free for a use. */
  void requireUnlocked(Attributes.Use use) throws IOException {
    boolean free =
        context
            .store()
            .repositories()
            .repository(name)
            .map(known -> known.attributes().allows(use))
            .orElse(true);
    if (!free) {
      throw locked(null, use);
    }
  }

  /** For rejections that the changes at hand cannot have: the store breaks its contract. */
  static RegistryException unexpected(Rejected rejected) {
    return new BackendException(
        ErrorCode.UNKNOWN, "the store refused the change: " + rejected.reason(), null);
  }
}
