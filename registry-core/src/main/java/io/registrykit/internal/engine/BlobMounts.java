package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRepository;
import io.registrykit.api.ApiRequest;
import io.registrykit.error.AccessException;
import io.registrykit.error.ConflictException;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a blob in another repository that the caller may read. Whatever stands in the way, the
 * answer is no and never an error: the client sends the blob then. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository">OCI
 *     distribution-spec, mounting a blob from another repository</a>
 */
final class BlobMounts {
  /**
   * How many repositories are looked through when the client names none. A search over all of them
   * would let a stranger make the registry do work without bounds; what it does not find is sent.
   */
  static final int MAX_SEARCHED = 100;

  private static final Set<Action> PULL = Set.of(Action.PULL);

  private BlobMounts() {}

  /**
   * Mounts a blob into the repository of a call.
   *
   * @param call the call
   * @param digest the blob
   * @param from the repository that the client names, or null when it names none
   * @return whether the repository has the blob now
   */
  static boolean mount(Call call, Digest digest, @Nullable String from) throws IOException {
    EmbeddedRepository target = call.repository();
    try {
      if (target.blobSize(digest).isPresent()) {
        return true;
      }
      return from == null ? search(call, target, digest) : mountFrom(call, target, digest, from);
    } catch (AccessException | ConflictException e) {
      // A lock, or a race with a delete. An upload finds out what of it matters.
      return false;
    }
  }

  /**
   * What a token for a request is to open. For a mount that is its source as well, which is asked
   * for and not needed: without it the mount becomes an upload.
   *
   * @param request the request
   * @param needed what it needs
   * @return what its challenge says
   */
  static Set<Access> withSource(ApiRequest request, Set<Access> needed) {
    Optional<String> from = request.query().first("from");
    if (from.isEmpty() || request.query().first("mount").isEmpty()) {
      return needed;
    }
    try {
      Set<Access> all = new LinkedHashSet<>(needed);
      all.addAll(Needs.on(new RepositoryName(from.get()), PULL));
      return all;
    } catch (IllegalArgumentException e) {
      return needed;
    }
  }

  private static boolean mountFrom(Call call, EmbeddedRepository target, Digest digest, String from)
      throws IOException {
    RepositoryName source;
    try {
      source = new RepositoryName(from);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return call.caller().permits(source, PULL) && target.mountBlob(digest, source);
  }

  private static boolean search(Call call, EmbeddedRepository target, Digest digest)
      throws IOException {
    Page<RepositoryName> page = call.registry().repositories(PageRequest.first(MAX_SEARCHED));
    for (RepositoryName source : page.items()) {
      if (call.caller().permits(source, PULL) && target.mountBlob(digest, source)) {
        return true;
      }
    }
    return false;
  }
}
