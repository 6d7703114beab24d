package io.registrykit.internal.embedded;

import io.registrykit.RegistryPolicy;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.ErrorInfo;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.RegistryException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.Manifest;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult.Applied;
import io.registrykit.spi.store.CommitResult.Rejected;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of pushing and deleting manifests and tags in one repository. Thread-safe. */
final class ManifestRules {
  private static final int URI_TOO_LONG = 414;

  private final RegistryContext context;
  private final RepositoryName name;
  private final Commits commits;
  private final Events events;

  ManifestRules(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
    this.commits = new Commits(context, name);
    this.events = new Events(context, name);
  }

  Descriptor push(RawManifest raw, Set<Tag> tags) throws IOException {
    if (tags.size() > context.policy().maxTagsPerPush()) {
      throw new LimitException(
          URI_TOO_LONG,
          List.of(
              new ErrorInfo(
                  ErrorCode.TAG_INVALID,
                  "too many tags in one push",
                  Map.of("limit", Integer.toString(context.policy().maxTagsPerPush())))),
          null);
    }
    Manifest manifest = context.manifests().parse(raw);
    Instant now = context.clock().instant();
    StoredManifest stored = new StoredManifest(raw, ManifestRecords.of(raw, manifest, now));
    commits.commit(now, pushChanges(stored, needed(manifest), tags), this::missing);
    Descriptor pushed = new Descriptor(raw.mediaType(), raw.digest(), raw.content().length());
    events.manifestPushed(now, pushed, tags);
    return pushed;
  }

  private static List<Change> pushChanges(
      StoredManifest stored, Change.Require needed, Set<Tag> tags) {
    List<Change> changes = new ArrayList<>(3 + 2 * tags.size());
    changes.add(new Change.RequireUnlocked(null, Attributes.Use.WRITE));
    for (Tag tag : tags) {
      changes.add(new Change.RequireUnlocked(tag, Attributes.Use.WRITE));
    }
    changes.add(needed);
    changes.add(new Change.PutManifest(stored));
    for (Tag tag : tags) {
      changes.add(new Change.SetTag(tag, stored.raw().digest(), Expected.anything()));
    }
    return changes;
  }

  /** What has to be there; content that no repository of ours can hold is missing at once. */
  private Change.Require needed(Manifest manifest) {
    RegistryPolicy policy = context.policy();
    Set<String> impossible = new LinkedHashSet<>();
    Set<Digest> blobs = new LinkedHashSet<>();
    Set<Digest> manifests = new LinkedHashSet<>();
    if (!policy.sparseImages()) {
      for (ContentReference blob : manifest.blobs()) {
        if (!blob.isExternal()) {
          blob.digest().ifPresentOrElse(blobs::add, () -> impossible.add(blob.digestText()));
        }
      }
    }
    if (!policy.sparseIndexes()) {
      for (ContentReference child : manifest.manifests()) {
        child.digest().ifPresentOrElse(manifests::add, () -> impossible.add(child.digestText()));
      }
    }
    if (!impossible.isEmpty()) {
      throw missing(impossible);
    }
    return new Change.Require(blobs, manifests);
  }

  private RegistryException missing(Rejected rejected) {
    return rejected.reason() == Rejection.MISSING_CONTENT
        ? missing(rejected.missing().stream().sorted().map(Digest::toString).toList())
        : Commits.unexpected(rejected);
  }

  private static InvalidContentException missing(Collection<String> digests) {
    return new InvalidContentException(
        ErrorCode.MANIFEST_BLOB_UNKNOWN.httpStatus(),
        digests.stream()
            .map(digest -> new ErrorInfo(ErrorCode.MANIFEST_BLOB_UNKNOWN, Map.of("digest", digest)))
            .toList());
  }

  /** A locked tag keeps its manifest: deleting that would delete the tag. */
  void delete(Digest digest) throws IOException {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.RequireUnlocked(null, Attributes.Use.WRITE));
    changes.add(new Change.RequireUnlocked(digest, Attributes.Use.DELETE));
    for (Tag tag : context.store().repositories().tagsOf(name, digest)) {
      changes.add(new Change.RequireUnlocked(tag, Attributes.Use.DELETE));
    }
    changes.add(new Change.DeleteManifest(digest));
    Instant now = context.clock().instant();
    Applied applied =
        commits.commit(now, changes, rejected -> notFound(rejected, digest.toString()));
    events.manifestDeleted(now, digest, applied.deletedTags().keySet());
  }

  void delete(Tag tag) throws IOException {
    Instant now = context.clock().instant();
    commits.commit(
        now,
        List.of(
            new Change.RequireUnlocked(null, Attributes.Use.WRITE),
            new Change.RequireUnlocked(tag, Attributes.Use.DELETE),
            new Change.DeleteTag(tag, Expected.anything())),
        rejected -> notFound(rejected, tag.value()));
    events.tagDeleted(now, tag);
  }

  private static RegistryException notFound(Rejected rejected, String reference) {
    return rejected.reason() == Rejection.NOT_FOUND
        ? new NotFoundException(
            ErrorCode.MANIFEST_UNKNOWN,
            ErrorCode.MANIFEST_UNKNOWN.defaultMessage(),
            Map.of("reference", reference))
        : Commits.unexpected(rejected);
  }
}
