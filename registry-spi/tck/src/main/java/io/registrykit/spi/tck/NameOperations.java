package io.registrykit.spi.tck;

import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.tck.RandomOperations.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random operations on names. */
final class NameOperations {
  private final Random random;
  private final RandomSamples samples;

  NameOperations(Random random, RandomSamples samples) {
    this.random = random;
    this.samples = samples;
  }

  /** A question about names. */
  @FunctionalInterface
  private interface Question {
    Object ask(RepositoryStore names) throws IOException;
  }

  Operation next(Instant at) {
    return random.nextInt(5) < 3 ? commit(at) : question();
  }

  private static Operation operation(String name, Question question) {
    return new Operation(name, (store, uploads) -> question.ask(store.repositories()));
  }

  private Operation commit(Instant at) {
    RepositoryName name = samples.repository();
    List<Change> changes = new ArrayList<>();
    for (int left = random.nextInt(4); left >= 0; left--) {
      changes.add(change(at));
    }
    return operation(
        "commit to " + name + " at " + at + ": " + changes,
        names -> names.commit(name, at, changes));
  }

  private Operation question() {
    RepositoryName name = samples.repository();
    Digest digest = samples.manifestDigest();
    Digest blob = samples.blobDigest();
    Tag tag = samples.tag();
    PageRequest page = samples.page();
    int limit = 1 + random.nextInt(5);
    Set<String> events = Set.of(eventId(), eventId() + "?");
    String where = name + " " + page;
    return switch (random.nextInt(12)) {
      case 0 -> operation("repositories " + page, names -> names.repositories(page));
      case 1 -> operation("repository " + name, names -> names.repository(name));
      case 2 -> operation("link " + name + blob, names -> names.blobLink(name, blob));
      case 3 -> operation("links " + where, names -> names.blobLinks(name, page));
      case 4 -> operation("manifest " + name + digest, names -> names.manifest(name, digest));
      case 5 -> operation("manifests " + where, names -> names.manifests(name, page));
      case 6 -> operation("referrers " + where, names -> names.referrers(name, digest, page));
      case 7 -> operation("tag " + name + ":" + tag, names -> names.tag(name, tag));
      case 8 -> operation("tags " + where, names -> names.tags(name, page));
      case 9 -> operation("tags of " + name + digest, names -> names.tagsOf(name, digest));
      case 10 -> operation("events " + limit, names -> names.pendingEvents(limit));
      default ->
          operation(
              "acknowledge " + name + events,
              names -> {
                names.acknowledgeEvents(name, events);
                return names.pendingEvents(100);
              });
    };
  }

  private String eventId() {
    return "event-" + random.nextInt(20);
  }

  private Change change(Instant at) {
    Digest blob = samples.blobDigest();
    Digest digest = samples.manifestDigest();
    Tag tag = samples.tag();
    return switch (random.nextInt(21)) {
      case 0, 1, 2 -> new Change.LinkBlob(blob, 100);
      case 3 ->
          new Change.UnlinkBlob(
              blob,
              random.nextBoolean(),
              random.nextBoolean() ? null : at.minusSeconds(random.nextInt(50)));
      case 4, 5, 6, 7, 8 -> new Change.PutManifest(samples.manifest());
      case 9 -> new Change.DeleteManifest(digest);
      case 10, 11, 12 -> new Change.SetTag(tag, digest, expected());
      case 13 -> new Change.DeleteTag(tag, expected());
      case 14 ->
          random.nextInt(4) == 0
              ? new Change.DeleteRepository()
              : new Change.SetTag(tag, digest, Expected.anything());
      case 15 ->
          new Change.SetAttributes(
              target(), attributes(), random.nextInt(3) == 0 ? attributes() : null);
      case 16 -> new Change.RequireUnlocked(target(), samples.oneOf(USES));
      case 17 -> new Change.Require(Set.of(blob), Set.of());
      case 19 -> new Change.RequireUnused(digest, at.minusSeconds(random.nextInt(50)));
      case 18 -> new Change.Require(Set.of(), Set.of(digest));
      default -> new Change.Publish(Samples.event(eventId()));
    };
  }

  private static final List<Attributes.Use> USES = List.of(Attributes.Use.values());

  private Expected expected() {
    return switch (random.nextInt(4)) {
      case 0 -> Expected.absent();
      case 1 -> Expected.exactly(samples.manifestDigest());
      default -> Expected.anything();
    };
  }

  private @Nullable Reference target() {
    return switch (random.nextInt(3)) {
      case 0 -> samples.tag();
      case 1 -> samples.manifestDigest();
      default -> null;
    };
  }

  private Attributes attributes() {
    return new Attributes(
        random.nextBoolean(), random.nextInt(4) > 0, random.nextBoolean(), random.nextBoolean());
  }
}
