package io.registrykit.internal.embedded;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.Hasher;
import io.registrykit.model.MediaType;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.RepositoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The rules of reading, pushing, mounting and deleting blobs in one repository. Thread-safe. */
final class BlobRules {
  /**
   * How old a link may grow before a look at the blob refreshes it. A client that looks and then
   * pushes a manifest relies on the blob: half of the shortest sensible grace of a collector.
   */
  static final Duration REFRESH_AFTER = Duration.ofHours(12);

  private final RegistryContext context;
  private final RepositoryName name;
  private final Commits commits;

  BlobRules(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
    this.commits = new Commits(context, name);
  }

  private Events events() {
    return new Events(context, name);
  }

  private Uploads uploads() {
    return new Uploads(context, name);
  }

  private BlobStore blobs() {
    return context.store().blobs();
  }

  private RepositoryStore names() {
    return context.store().repositories();
  }

  OptionalLong size(Digest digest) throws IOException {
    commits.requireUnlocked(Attributes.Use.READ);
    Optional<BlobLink> link = names().blobLink(name, digest);
    if (link.isEmpty()) {
      return OptionalLong.empty();
    }
    Instant now = context.clock().instant();
    if (link.get().linkedAt().isBefore(now.minus(REFRESH_AFTER))) {
      refresh(link.get(), now);
    }
    return blobs().size(digest);
  }

  /** Requires the link in the same commit, so that a blob deleted meanwhile does not come back. */
  private void refresh(BlobLink link, Instant now) throws IOException {
    if (blobs().touch(link.digest(), now)) {
      names()
          .commit(
              name,
              now,
              List.of(
                  new Change.Require(Set.of(link.digest()), Set.of()),
                  new Change.LinkBlob(link.digest(), link.size())));
    }
  }

  Optional<BlobContent> open(Digest digest) throws IOException {
    commits.requireUnlocked(Attributes.Use.READ);
    return names().blobLink(name, digest).isEmpty() ? Optional.empty() : blobs().open(digest);
  }

  Descriptor push(Digest expected, InputStream content) throws IOException {
    commits.requireUnlocked(Attributes.Use.WRITE);
    Instant now = context.clock().instant();
    if (names().blobLink(name, expected).isPresent() && blobs().touch(expected, now)) {
      return pushAgain(expected, content);
    }
    try (BlobUpload upload = uploads().start(expected.algorithm())) {
      try {
        upload.append(content);
        return uploads().finish(upload, expected);
      } catch (IOException | RuntimeException e) {
        abort(upload, e);
        throw e;
      }
    }
  }

  private static void abort(BlobUpload upload, Exception cause) {
    try {
      upload.abort();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** The repository has the blob: checks the content all the same, and keeps what is stored. */
  private Descriptor pushAgain(Digest expected, InputStream content) throws IOException {
    Hasher hasher = expected.algorithm().newHasher();
    long most = context.policy().maxBlobBytes();
    byte[] buffer = new byte[BlobContent.COPY_BUFFER_SIZE];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      hasher.update(buffer, 0, count);
      if (hasher.size() > most) {
        throw LimitException.tooLarge("blob is too large", most);
      }
    }
    if (!hasher.digest().equals(expected)) {
      throw new InvalidContentException(
          ErrorCode.DIGEST_INVALID,
          ErrorCode.DIGEST_INVALID.defaultMessage(),
          Map.of("digest", expected.toString()));
    }
    if (!blobs().touch(expected, context.clock().instant())) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE, "the blob was deleted while it was pushed; push it again", null);
    }
    return uploads().link(expected, hasher.size());
  }

  boolean mount(Digest digest, RepositoryName from) throws IOException {
    boolean readable =
        names()
            .repository(from)
            .map(source -> source.attributes().allows(Attributes.Use.READ))
            .orElse(false);
    Optional<BlobLink> source = readable ? names().blobLink(from, digest) : Optional.empty();
    Instant now = context.clock().instant();
    if (source.isEmpty() || !blobs().touch(digest, now)) {
      return false;
    }
    uploads().link(digest, source.get().size());
    if (!from.equals(name)) {
      events().blobMounted(now, digest, from);
    }
    return true;
  }

  void delete(Digest digest) throws IOException {
    commits.commit(
        context.clock().instant(),
        List.of(
            new Change.RequireUnlocked(null, Attributes.Use.WRITE),
            new Change.UnlinkBlob(digest, false, null)),
        rejected -> notFound(rejected, digest));
  }

  private static RegistryException notFound(Rejected rejected, Digest digest) {
    return rejected.reason() == Rejection.NOT_FOUND
        ? new NotFoundException(
            ErrorCode.BLOB_UNKNOWN,
            ErrorCode.BLOB_UNKNOWN.defaultMessage(),
            Map.of("digest", digest.toString()))
        : Commits.unexpected(rejected);
  }

  /** What the registry says of a blob, of whose type it knows nothing. */
  static Descriptor describe(Digest digest, long size) {
    return new Descriptor(MediaType.OCTET_STREAM, digest, size);
  }
}
