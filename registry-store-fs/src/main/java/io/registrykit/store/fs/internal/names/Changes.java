package io.registrykit.store.fs.internal.names;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.Digest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobLink;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.TagRecord;
import io.registrykit.store.fs.internal.codec.Row;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the changes of a commit into rows of a draft. A method returns null when it did its work,
 * or why it did nothing. Used under the cell's lock.
 */
final class Changes implements PendingCommit.Work {
  private final List<Change> list;
  private final Instant at;
  private final Outcome outcome = new Outcome();

  Changes(Instant at, List<Change> list) {
    this.at = at;
    this.list = list;
  }

  @Override
  public CommitResult run(Draft draft) {
    for (int i = 0; i < list.size(); i++) {
      Refusal refusal = apply(draft, list.get(i));
      if (refusal != null) {
        return new CommitResult.Rejected(i, refusal.reason(), refusal.missing());
      }
    }
    return outcome.compare(draft.cell.state);
  }

  private @Nullable Refusal apply(Draft draft, Change change) {
    if (change instanceof Change.Require require) {
      return require(draft.cell.state, require);
    } else if (change instanceof Change.RequireUnlocked require) {
      Attributes locks = attributesOf(draft.cell.state, require.target());
      return locks == null || locks.allows(require.use()) ? null : Refusal.of(Rejection.LOCKED);
    } else if (change instanceof Change.RequireUnused require) {
      return requireUnused(draft.cell.state, require);
    } else if (change instanceof Change.LinkBlob link) {
      markUpdated(draft);
      draft.add(new Row.LinkPut(new BlobLink(link.digest(), link.size(), at)));
      return null;
    } else if (change instanceof Change.UnlinkBlob unlink) {
      return unlinkBlob(draft, unlink);
    } else if (change instanceof Change.PutManifest put) {
      return putManifest(draft, put);
    } else if (change instanceof Change.DeleteManifest delete) {
      return deleteManifest(draft, delete);
    } else if (change instanceof Change.SetTag set) {
      return setTag(draft, set);
    } else if (change instanceof Change.DeleteTag delete) {
      return deleteTag(draft, delete);
    } else if (change instanceof Change.DeleteRepository) {
      return deleteRepository(draft);
    } else if (change instanceof Change.SetAttributes set) {
      return setAttributes(draft, set);
    } else if (change instanceof Change.Publish publish) {
      if (!draft.cell.outbox.containsKey(publish.event().id())) {
        draft.add(new Row.EventPut(publish.event()));
      }
      return null;
    }
    throw new UnsupportedException(
        ErrorCode.UNSUPPORTED, "store does not know " + change.getClass().getSimpleName());
  }

  /** Makes the repository when there is none. */
  private void markUpdated(Draft draft) {
    RepositoryState state = draft.cell.state;
    if (state == null) {
      draft.add(new Row.RepositoryPut(at, at, Attributes.UNLOCKED));
    } else if (!state.updatedAt.equals(at)) {
      draft.add(new Row.RepositoryPut(state.createdAt, at, state.attributes));
    }
  }

  private static @Nullable Refusal require(@Nullable RepositoryState state, Change.Require change) {
    Set<Digest> missing = new TreeSet<>();
    for (Digest blob : change.blobs()) {
      if (state == null || !state.links.containsKey(blob)) {
        missing.add(blob);
      }
    }
    for (Digest manifest : change.manifests()) {
      if (state == null || !state.manifests.containsKey(manifest)) {
        missing.add(manifest);
      }
    }
    return missing.isEmpty() ? null : Refusal.missing(missing);
  }

  private static @Nullable Refusal requireUnused(
      @Nullable RepositoryState state, Change.RequireUnused change) {
    ManifestRecord record = state == null ? null : state.manifests.get(change.manifest());
    boolean used =
        state != null
            && record != null
            && (state.isUsed(change.manifest())
                || !record.updatedAt().isBefore(change.updatedBefore()));
    return used ? Refusal.of(Rejection.REFERENCED) : null;
  }

  private static @Nullable Attributes attributesOf(
      @Nullable RepositoryState state, @Nullable Reference target) {
    if (state == null) {
      return null;
    }
    if (target instanceof Tag tag) {
      TagRecord record = state.tags.get(tag.value());
      return record == null ? null : record.attributes();
    }
    if (target instanceof Digest digest) {
      ManifestRecord record = state.manifests.get(digest);
      return record == null ? null : record.attributes();
    }
    return state.attributes;
  }

  private @Nullable Refusal unlinkBlob(Draft draft, Change.UnlinkBlob change) {
    RepositoryState state = draft.cell.state;
    BlobLink link = state == null ? null : state.links.get(change.digest());
    if (state == null || link == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    Instant cutoff = change.onlyIfLinkedBefore();
    if ((change.onlyIfUnreferenced() && state.isReferenced(change.digest()))
        || (cutoff != null && !link.linkedAt().isBefore(cutoff))) {
      return Refusal.of(Rejection.REFERENCED);
    }
    markUpdated(draft);
    draft.add(new Row.LinkGone(change.digest()));
    return null;
  }

  private @Nullable Refusal putManifest(Draft draft, Change.PutManifest change) {
    ManifestRecord record = change.manifest().record();
    RepositoryState state = draft.cell.state;
    ManifestRecord before = state == null ? null : state.manifests.get(record.digest());
    outcome.noteManifest(record.digest(), before != null);
    if (before == null) {
      draft.contents.put(record.digest(), change.manifest().raw().content());
    } else {
      draft.again.put(record.digest(), change.manifest().raw());
    }
    markUpdated(draft);
    draft.add(
        new Row.ManifestPut(
            stamped(
                record,
                before == null ? record.attributes() : before.attributes(),
                before == null ? at : before.pushedAt())));
    return null;
  }

  private ManifestRecord stamped(ManifestRecord record, Attributes attributes, Instant pushedAt) {
    return new ManifestRecord(
        record.descriptor(),
        record.subject(),
        record.blobs(),
        record.manifests(),
        attributes,
        pushedAt,
        at);
  }

  private @Nullable Refusal deleteManifest(Draft draft, Change.DeleteManifest change) {
    RepositoryState state = draft.cell.state;
    if (state == null || !state.manifests.containsKey(change.digest())) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    markUpdated(draft);
    for (Tag tag : state.tagsOn(change.digest())) {
      outcome.noteTag(tag, state.tags.get(tag.value()));
      draft.add(new Row.TagGone(tag));
    }
    outcome.noteManifest(change.digest(), true);
    draft.add(new Row.ManifestGone(change.digest()));
    return null;
  }

  private @Nullable Refusal setTag(Draft draft, Change.SetTag change) {
    RepositoryState state = draft.cell.state;
    if (state == null || !state.manifests.containsKey(change.target())) {
      return Refusal.missing(Set.of(change.target()));
    }
    TagRecord before = state.tags.get(change.tag().value());
    boolean same = before != null && before.target().equals(change.target());
    if (!same && !isAsExpected(before, change.expected())) {
      return Refusal.of(Rejection.TAG_CONFLICT);
    }
    outcome.noteTag(change.tag(), before);
    markUpdated(draft);
    draft.add(
        new Row.TagPut(
            before == null
                ? new TagRecord(change.tag(), change.target(), at, at, Attributes.UNLOCKED)
                : new TagRecord(
                    change.tag(), change.target(), before.createdAt(), at, before.attributes())));
    return null;
  }

  private @Nullable Refusal deleteTag(Draft draft, Change.DeleteTag change) {
    RepositoryState state = draft.cell.state;
    TagRecord before = state == null ? null : state.tags.get(change.tag().value());
    if (before == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    if (!isAsExpected(before, change.expected())) {
      return Refusal.of(Rejection.TAG_CONFLICT);
    }
    outcome.noteTag(change.tag(), before);
    markUpdated(draft);
    draft.add(new Row.TagGone(change.tag()));
    return null;
  }

  private static boolean isAsExpected(@Nullable TagRecord before, Expected expected) {
    if (expected instanceof Expected.Exactly exactly) {
      return before != null && before.target().equals(exactly.digest());
    }
    return expected instanceof Expected.Anything || before == null;
  }

  private @Nullable Refusal deleteRepository(Draft draft) {
    RepositoryState state = draft.cell.state;
    if (state == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    state.tags.values().forEach(tag -> outcome.noteTag(tag.tag(), tag));
    state.manifests.keySet().forEach(digest -> outcome.noteManifest(digest, true));
    draft.contents.clear();
    draft.add(new Row.RepositoryGone());
    return null;
  }

  private @Nullable Refusal setAttributes(Draft draft, Change.SetAttributes change) {
    RepositoryState state = draft.cell.state;
    Attributes now = attributesOf(state, change.target());
    if (state == null || now == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    if (change.expected() != null && !change.expected().equals(now)) {
      return Refusal.of(Rejection.ATTRIBUTES_CONFLICT);
    }
    Attributes locks = change.attributes();
    if (change.target() instanceof Tag tag) {
      TagRecord before = state.tags.get(tag.value());
      if (before == null) {
        return Refusal.of(Rejection.NOT_FOUND);
      }
      markUpdated(draft);
      draft.add(new Row.TagPut(new TagRecord(tag, before.target(), before.createdAt(), at, locks)));
    } else if (change.target() instanceof Digest digest) {
      ManifestRecord before = state.manifests.get(digest);
      if (before == null) {
        return Refusal.of(Rejection.NOT_FOUND);
      }
      markUpdated(draft);
      draft.add(new Row.ManifestPut(stamped(before, locks, before.pushedAt())));
    } else {
      draft.add(new Row.RepositoryPut(state.createdAt, at, locks));
    }
    return null;
  }
}
