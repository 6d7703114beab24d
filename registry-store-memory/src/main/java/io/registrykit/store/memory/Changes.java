package io.registrykit.store.memory;

import io.registrykit.model.Digest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What each change does to a repository. A method returns null when it did its work, or why it did
 * nothing. Not safe for use by several threads at once.
 */
final class Changes {
  private final Tables tables;
  private final RepositoryName name;
  private final Instant at;
  private final UndoLog log;
  private final Outcome outcome = new Outcome();

  /** Room that becomes free when the commit goes through. */
  private long freed;

  Changes(Tables tables, RepositoryName name, Instant at, UndoLog log) {
    this.tables = tables;
    this.name = name;
    this.at = at;
    this.log = log;
  }

  CommitResult finish() {
    tables.capacity.release(freed);
    return outcome.compare(existing());
  }

  private @Nullable RepositoryState existing() {
    return tables.repositories.get(name.value());
  }

  /** The repository, which is made when there is none, and is marked as changed. */
  private RepositoryState forWriting() {
    RepositoryState state = existing();
    if (state == null) {
      state = new RepositoryState(name, at);
      log.put(tables.repositories, name.value(), state);
    } else {
      state.update(log, at);
    }
    return state;
  }

  @Nullable Refusal require(Change.Require change) {
    RepositoryState state = existing();
    Set<Digest> missing = new TreeSet<>();
    for (Digest blob : change.blobs()) {
      if (state == null || !state.links.containsKey(blob.toString())) {
        missing.add(blob);
      }
    }
    for (Digest manifest : change.manifests()) {
      if (state == null || !state.manifests.containsKey(manifest.toString())) {
        missing.add(manifest);
      }
    }
    return missing.isEmpty() ? null : Refusal.missing(missing);
  }

  @Nullable Refusal requireUnlocked(Change.RequireUnlocked change) {
    Attributes attributes = attributesOf(change.target());
    return attributes == null || attributes.allows(change.use())
        ? null
        : Refusal.of(Rejection.LOCKED);
  }

  @Nullable Refusal requireUnused(Change.RequireUnused change) {
    RepositoryState state = existing();
    StoredManifest manifest =
        state == null ? null : state.manifests.get(change.manifest().toString());
    boolean used =
        state != null
            && manifest != null
            && (state.isUsed(change.manifest())
                || !manifest.record().updatedAt().isBefore(change.updatedBefore()));
    return used ? Refusal.of(Rejection.REFERENCED) : null;
  }

  private @Nullable Attributes attributesOf(@Nullable Reference target) {
    RepositoryState state = existing();
    if (state == null) {
      return null;
    }
    if (target instanceof Tag tag) {
      TagRecord record = state.tags.get(tag.value());
      return record == null ? null : record.attributes();
    }
    if (target instanceof Digest digest) {
      StoredManifest manifest = state.manifests.get(digest.toString());
      return manifest == null ? null : manifest.record().attributes();
    }
    return state.attributes();
  }

  @Nullable Refusal linkBlob(Change.LinkBlob change) {
    BlobLink link = new BlobLink(change.digest(), change.size(), at);
    log.put(forWriting().links, change.digest().toString(), link);
    return null;
  }

  @Nullable Refusal unlinkBlob(Change.UnlinkBlob change) {
    RepositoryState state = existing();
    String key = change.digest().toString();
    BlobLink link = state == null ? null : state.links.get(key);
    if (state == null || link == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    Instant cutoff = change.onlyIfLinkedBefore();
    if ((change.onlyIfUnreferenced() && state.isReferenced(change.digest()))
        || (cutoff != null && !link.linkedAt().isBefore(cutoff))) {
      return Refusal.of(Rejection.REFERENCED);
    }
    log.remove(forWriting().links, key);
    return null;
  }

  @Nullable Refusal putManifest(Change.PutManifest change) {
    StoredManifest manifest = change.manifest();
    ManifestRecord record = manifest.record();
    RepositoryState state = forWriting();
    StoredManifest before = state.manifests.get(record.digest().toString());
    outcome.noteManifest(record.digest(), before != null);
    Instant pushedAt = at;
    Attributes attributes = record.attributes();
    if (before == null) {
      reserve(manifest.raw().content().length());
    } else {
      pushedAt = before.record().pushedAt();
      attributes = before.record().attributes();
    }
    state.putManifest(
        log, new StoredManifest(manifest.raw(), stamped(record, attributes, pushedAt)));
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

  @Nullable Refusal deleteManifest(Change.DeleteManifest change) {
    RepositoryState state = existing();
    StoredManifest manifest =
        state == null ? null : state.manifests.get(change.digest().toString());
    if (state == null || manifest == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    for (TagRecord tag : List.copyOf(state.tagsOn(change.digest()).values())) {
      outcome.noteTag(tag.tag(), tag);
      state.removeTag(log, tag.tag());
    }
    outcome.noteManifest(change.digest(), true);
    freed += manifest.raw().content().length();
    forWriting().removeManifest(log, change.digest());
    return null;
  }

  @Nullable Refusal setTag(Change.SetTag change) {
    RepositoryState state = existing();
    if (state == null || !state.manifests.containsKey(change.target().toString())) {
      return Refusal.missing(Set.of(change.target()));
    }
    TagRecord before = state.tags.get(change.tag().value());
    boolean same = before != null && before.target().equals(change.target());
    if (!same && !isAsExpected(before, change.expected())) {
      return Refusal.of(Rejection.TAG_CONFLICT);
    }
    outcome.noteTag(change.tag(), before);
    forWriting()
        .putTag(
            log,
            before == null
                ? new TagRecord(change.tag(), change.target(), at, at, Attributes.UNLOCKED)
                : new TagRecord(
                    change.tag(), change.target(), before.createdAt(), at, before.attributes()));
    return null;
  }

  @Nullable Refusal deleteTag(Change.DeleteTag change) {
    RepositoryState state = existing();
    TagRecord before = state == null ? null : state.tags.get(change.tag().value());
    if (before == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    if (!isAsExpected(before, change.expected())) {
      return Refusal.of(Rejection.TAG_CONFLICT);
    }
    outcome.noteTag(change.tag(), before);
    forWriting().removeTag(log, change.tag());
    return null;
  }

  private static boolean isAsExpected(@Nullable TagRecord before, Expected expected) {
    if (expected instanceof Expected.Exactly exactly) {
      return before != null && before.target().equals(exactly.digest());
    }
    return expected instanceof Expected.Anything || before == null;
  }

  @Nullable Refusal deleteRepository() {
    RepositoryState state = existing();
    if (state == null) {
      return Refusal.of(Rejection.NOT_FOUND);
    }
    state.tags.values().forEach(tag -> outcome.noteTag(tag.tag(), tag));
    for (StoredManifest manifest : state.manifests.values()) {
      outcome.noteManifest(manifest.record().digest(), true);
      freed += manifest.raw().content().length();
    }
    log.remove(tables.repositories, name.value());
    return null;
  }

  @Nullable Refusal setAttributes(Change.SetAttributes change) {
    RepositoryState state = existing();
    Attributes now = attributesOf(change.target());
    if (now != null && change.expected() != null && !change.expected().equals(now)) {
      return Refusal.of(Rejection.ATTRIBUTES_CONFLICT);
    }
    boolean done =
        state != null
            && (change.target() instanceof Tag tag
                ? lockTag(state, tag, change.attributes())
                : change.target() instanceof Digest digest
                    ? lockManifest(state, digest, change.attributes())
                    : lockRepository(state, change.attributes()));
    return done ? null : Refusal.of(Rejection.NOT_FOUND);
  }

  private boolean lockTag(RepositoryState state, Tag tag, Attributes attributes) {
    TagRecord before = state.tags.get(tag.value());
    if (before == null) {
      return false;
    }
    forWriting()
        .putTag(log, new TagRecord(tag, before.target(), before.createdAt(), at, attributes));
    return true;
  }

  private boolean lockManifest(RepositoryState state, Digest digest, Attributes attributes) {
    StoredManifest before = state.manifests.get(digest.toString());
    if (before == null) {
      return false;
    }
    ManifestRecord record = stamped(before.record(), attributes, before.record().pushedAt());
    forWriting().putManifest(log, new StoredManifest(before.raw(), record));
    return true;
  }

  private boolean lockRepository(RepositoryState state, Attributes attributes) {
    forWriting();
    state.lock(log, attributes);
    return true;
  }

  @Nullable Refusal publish(Change.Publish change) {
    EventRecord event = change.event();
    Map<String, EventRecord> outbox = tables.outboxes.get(name.value());
    if (outbox == null) {
      outbox = new LinkedHashMap<>();
      log.put(tables.outboxes, name.value(), outbox);
    }
    EventRecord before = outbox.get(event.id());
    if (before == null) {
      reserve(event.payload().length());
      log.put(outbox, event.id(), event);
    }
    return null;
  }

  private void reserve(long bytes) {
    tables.capacity.reserve(bytes);
    log.add(() -> tables.capacity.release(bytes));
  }
}
