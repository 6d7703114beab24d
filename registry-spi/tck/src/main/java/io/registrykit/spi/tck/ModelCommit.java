package io.registrykit.spi.tck;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Digest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.EventRecord;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A commit of the {@link ReferenceModel}: works on a copy, which is thrown away on a refusal. */
final class ModelCommit {
  private final Instant at;
  private final Map<String, EventRecord> outbox;

  /** The repository as it stands in the commit, or null when there is none. */
  private @Nullable ModelRepository state;

  /** What the last refused change lacked. */
  private final Set<Digest> missing = new HashSet<>();

  ModelCommit(@Nullable ModelRepository before, Map<String, EventRecord> outbox, Instant at) {
    this.state = before == null ? null : before.copy();
    this.outbox = outbox;
    this.at = at;
  }

  @Nullable ModelRepository state() {
    return state;
  }

  CommitResult run(List<Change> changes) {
    ModelRepository before = state == null ? new ModelRepository(at) : state.copy();
    for (int i = 0; i < changes.size(); i++) {
      Rejection reason = apply(changes.get(i));
      if (reason != null) {
        return new CommitResult.Rejected(i, reason, missing);
      }
    }
    return difference(before, state == null ? new ModelRepository(at) : state);
  }

  private static CommitResult difference(ModelRepository before, ModelRepository after) {
    Set<Digest> deletedManifests = new HashSet<>(before.manifests.keySet());
    deletedManifests.removeAll(after.manifests.keySet());
    Map<Tag, Digest> deleted = new HashMap<>();
    Map<Tag, Digest> replaced = new HashMap<>();
    before.tags.forEach(
        (tag, record) -> {
          if (!after.tags.containsKey(tag)) {
            deleted.put(tag, record.target());
          } else if (!after.tags.get(tag).target().equals(record.target())) {
            replaced.put(tag, record.target());
          }
        });
    return new CommitResult.Applied(deletedManifests, deleted, replaced);
  }

  private ModelRepository write() {
    ModelRepository written = state == null ? new ModelRepository(at) : state;
    written.updatedAt = at;
    state = written;
    return written;
  }

  private @Nullable Rejection apply(Change change) {
    ModelRepository now = state == null ? new ModelRepository(at) : state;
    boolean exists = state != null;
    if (change instanceof Change.Require c) {
      c.blobs().stream().filter(d -> !now.links.containsKey(d)).forEach(missing::add);
      c.manifests().stream().filter(d -> !now.manifests.containsKey(d)).forEach(missing::add);
      return missing.isEmpty() ? null : Rejection.MISSING_CONTENT;
    }
    if (change instanceof Change.RequireUnlocked c) {
      Attributes attributes = now.attributesOf(c.target());
      return attributes == null || attributes.allows(c.use()) ? null : Rejection.LOCKED;
    }
    if (change instanceof Change.RequireUnused c) {
      return now.uses(c.manifest(), c.updatedBefore()) ? Rejection.REFERENCED : null;
    }
    if (change instanceof Change.LinkBlob c) {
      write().links.put(c.digest(), new BlobLink(c.digest(), c.size(), at));
      return null;
    }
    if (change instanceof Change.UnlinkBlob c) {
      return unlink(now, c);
    }
    if (change instanceof Change.PutManifest c) {
      put(write(), c.manifest());
      return null;
    }
    if (change instanceof Change.DeleteManifest c) {
      if (!now.manifests.containsKey(c.digest())) {
        return Rejection.NOT_FOUND;
      }
      write().manifests.remove(c.digest());
      now.tags.values().removeIf(tag -> tag.target().equals(c.digest()));
      return null;
    }
    if (change instanceof Change.SetTag c) {
      return setTag(now, c);
    }
    if (change instanceof Change.DeleteTag c) {
      return deleteTag(now, c);
    }
    if (change instanceof Change.DeleteRepository) {
      state = null;
      return exists ? null : Rejection.NOT_FOUND;
    }
    if (change instanceof Change.SetAttributes c) {
      if (!exists || now.attributesOf(c.target()) == null) {
        return Rejection.NOT_FOUND;
      }
      if (c.expected() != null && !c.expected().equals(now.attributesOf(c.target()))) {
        return Rejection.ATTRIBUTES_CONFLICT;
      }
      lock(write(), c.target(), c.attributes());
      return null;
    }
    if (change instanceof Change.Publish c) {
      outbox.putIfAbsent(c.event().id(), c.event());
      return null;
    }
    throw new UnsupportedException(ErrorCode.UNSUPPORTED, "unknown " + change);
  }

  private @Nullable Rejection unlink(ModelRepository now, Change.UnlinkBlob change) {
    BlobLink link = now.links.get(change.digest());
    if (link == null) {
      return Rejection.NOT_FOUND;
    }
    Instant cutoff = change.onlyIfLinkedBefore();
    if ((change.onlyIfUnreferenced() && now.names(change.digest()))
        || (cutoff != null && !link.linkedAt().isBefore(cutoff))) {
      return Rejection.REFERENCED;
    }
    write().links.remove(change.digest());
    return null;
  }

  private void put(ModelRepository now, StoredManifest manifest) {
    ManifestRecord record = manifest.record();
    StoredManifest before = now.manifests.get(record.digest());
    ManifestRecord stamped =
        before == null
            ? stamp(record, record.attributes(), at)
            : stamp(record, before.record().attributes(), before.record().pushedAt());
    now.manifests.put(record.digest(), new StoredManifest(manifest.raw(), stamped));
  }

  private ManifestRecord stamp(ManifestRecord record, Attributes attributes, Instant pushedAt) {
    return new ManifestRecord(
        record.descriptor(),
        record.subject(),
        record.blobs(),
        record.manifests(),
        attributes,
        pushedAt,
        at);
  }

  private @Nullable Rejection setTag(ModelRepository now, Change.SetTag change) {
    if (!now.manifests.containsKey(change.target())) {
      missing.add(change.target());
      return Rejection.MISSING_CONTENT;
    }
    TagRecord before = now.tags.get(change.tag());
    boolean same = before != null && before.target().equals(change.target());
    if (!same && !isExpected(before, change.expected())) {
      return Rejection.TAG_CONFLICT;
    }
    Instant createdAt = before == null ? at : before.createdAt();
    Attributes attributes = before == null ? Attributes.UNLOCKED : before.attributes();
    write()
        .tags
        .put(change.tag(), new TagRecord(change.tag(), change.target(), createdAt, at, attributes));
    return null;
  }

  private @Nullable Rejection deleteTag(ModelRepository now, Change.DeleteTag change) {
    TagRecord before = now.tags.get(change.tag());
    if (before == null) {
      return Rejection.NOT_FOUND;
    }
    if (!isExpected(before, change.expected())) {
      return Rejection.TAG_CONFLICT;
    }
    write().tags.remove(change.tag());
    return null;
  }

  private static boolean isExpected(@Nullable TagRecord before, Expected expected) {
    if (expected instanceof Expected.Anything) {
      return true;
    }
    if (expected instanceof Expected.Exactly exactly) {
      return before != null && before.target().equals(exactly.digest());
    }
    return before == null;
  }

  private void lock(ModelRepository now, @Nullable Reference target, Attributes attributes) {
    if (target instanceof Tag tag) {
      now.tags.computeIfPresent(
          tag, (key, old) -> new TagRecord(tag, old.target(), old.createdAt(), at, attributes));
    } else if (target instanceof Digest digest) {
      now.manifests.computeIfPresent(
          digest,
          (key, old) ->
              new StoredManifest(
                  old.raw(), stamp(old.record(), attributes, old.record().pushedAt())));
    } else {
      now.attributes = attributes;
    }
  }
}
