package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.error.ConflictException;
import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Laws of many callers at once. */
abstract class ConcurrencyLaws extends StoreLaws {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 25;

  private final Crowd crowd = new Crowd(WRITERS);

  @AfterEach
  void sendTheCrowdHome() {
    crowd.close();
  }

  private static List<StoredManifest> manifests() {
    List<StoredManifest> manifests = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      manifests.add(Samples.manifest("candidate " + i));
    }
    return manifests;
  }

  /** All try to set one tag from one state, each to a manifest of its own; one may. */
  private void assertOneWins(Tag tag, List<StoredManifest> candidates, Expected expected)
      throws Exception {
    List<Callable<CommitResult>> calls = new ArrayList<>();
    for (StoredManifest candidate : candidates) {
      List<Change> changes = List.of(setTag(tag, candidate, expected));
      calls.add(() -> repositories().commit(Samples.APP, Samples.at(1), changes));
    }
    List<CommitResult> results = crowd.run(calls);
    List<Digest> winners = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof CommitResult.Rejected rejected) {
        assertEquals(Rejection.TAG_CONFLICT, rejected.reason());
      } else {
        winners.add(candidates.get(i).record().digest());
      }
    }
    assertEquals(1, winners.size(), "writers whose commit was applied");
    TagRecord record = repositories().tag(Samples.APP, tag).orElseThrow();
    assertEquals(winners.get(0), record.target());
  }

  @Test
  void oneOfManyWritersMakesATag() throws Exception {
    List<StoredManifest> candidates = manifests();
    apply(candidates.stream().map(StoreLaws::put).toArray(Change[]::new));
    for (int round = 0; round < ROUNDS; round++) {
      assertOneWins(Tag.parse("t" + round), candidates, Expected.absent());
    }
  }

  @Test
  void oneOfManyWritersMovesATag() throws Exception {
    List<StoredManifest> candidates = manifests();
    StoredManifest start = Samples.manifest("start");
    apply(candidates.stream().map(StoreLaws::put).toArray(Change[]::new));
    for (int round = 0; round < ROUNDS; round++) {
      Tag tag = Tag.parse("t" + round);
      apply(put(start), setTag(tag, start));
      assertOneWins(tag, candidates, Expected.exactly(start.record().digest()));
    }
  }

  @Test
  void losesNoCommit() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      calls.add(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              StoredManifest manifest = Samples.manifest(writer + "-" + round);
              apply(put(manifest), setTag(Tag.parse("t" + writer + "-" + round), manifest));
            }
            return true;
          });
    }
    crowd.run(calls);
    assertEquals(WRITERS * ROUNDS, walk(p -> repositories().tags(Samples.APP, p), 7).size());
    var record = repositories().repository(Samples.APP).orElseThrow();
    assertEquals(WRITERS * ROUNDS, record.tags());
    assertEquals(WRITERS * ROUNDS, record.manifests());
  }

  @Test
  void storesOneBlobForManyUploadsOfIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = Samples.content(round, 20_000);
      List<Callable<Digest>> calls = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        calls.add(() -> push(content));
      }
      crowd.run(calls);
      assertStored(content);
      assertEquals(round + 1, blobs().usage().blobs());
      assertEquals((round + 1) * 20_000L, blobs().usage().blobBytes());
      assertEquals(0, blobs().usage().uploads());
    }
  }

  @Test
  void givesAnUploadToOneOfManyHolders() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      BlobUpload upload = begin(new byte[10]);
      upload.close();
      List<Callable<List<BlobUpload>>> calls = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        calls.add(
            () -> {
              try {
                return List.of(blobs().resume(upload.id()).orElseThrow());
              } catch (ConflictException held) {
                return List.of();
              }
            });
      }
      List<BlobUpload> holders = new ArrayList<>();
      crowd.<List<BlobUpload>>run(calls).forEach(holders::addAll);
      assertEquals(1, holders.size(), "holders of one upload");
      holders.get(0).close();
    }
  }

  /** A collector that looked at {@code cutoff} against a push that starts after it. */
  private Callable<Boolean> collector(Digest digest, Instant cutoff) {
    return () -> blobs().deleteIfUntouchedSince(digest, cutoff);
  }

  /** An instant of the store's clock behind everything that was done before. */
  private Instant nextInstant() {
    Instant before = harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Waiting.until(
        "the clock goes on",
        () -> harness.clock().instant().truncatedTo(ChronoUnit.MILLIS).isAfter(before));
    return harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void neverDeletesABlobThatIsCommittedMeanwhile() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = Samples.content(round, 5_000);
      Digest digest = push(content);
      Instant cutoff = nextInstant();
      List<Callable<Boolean>> calls = new ArrayList<>();
      calls.add(collector(digest, cutoff));
      calls.add(collector(digest, cutoff));
      for (int i = 0; i < 3; i++) {
        calls.add(
            () -> {
              push(content);
              return true;
            });
      }
      crowd.run(calls);
      assertStored(content);
      assertEquals(round + 1, blobs().usage().blobs());
    }
  }

  @Test
  void neverDeletesABlobThatWasTouchedAndLinked() throws Exception {
    for (int round = 0; round < ROUNDS * 4; round++) {
      byte[] content = Samples.content(round, 100);
      Digest digest = push(content);
      Instant cutoff = nextInstant();
      List<Callable<Boolean>> calls = new ArrayList<>();
      calls.add(
          () -> {
            boolean there = blobs().touch(digest, cutoff);
            if (there) {
              apply(link(digest, 100));
            }
            return there;
          });
      calls.add(collector(digest, cutoff));
      List<Boolean> results = crowd.run(calls);
      assertEquals(!results.get(1), results.get(0), "either it is touched or it is deleted");
      if (repositories().blobLink(Samples.APP, digest).isPresent()) {
        assertStored(content);
      }
    }
  }

  /** Runs a writer beside a reader until the writer is done. */
  private void writeWhileReading(Callable<Boolean> writer, Callable<Boolean> reader)
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Callable<Boolean> readToTheEnd =
        () -> {
          do {
            reader.call();
          } while (!done.get());
          return true;
        };
    Callable<Boolean> writeAndSaySo =
        () -> {
          try {
            return writer.call();
          } finally {
            done.set(true);
          }
        };
    crowd.run(List.of(writeAndSaySo, readToTheEnd, readToTheEnd));
  }

  @Test
  void showsNoManifestWithoutTheTagOfItsCommit() throws Exception {
    apply(link(Samples.digest(1), 1));
    writeWhileReading(
        () -> {
          for (int i = 0; i < ROUNDS * 8; i++) {
            StoredManifest manifest = Samples.manifest("m" + i);
            apply(put(manifest), setTag(Tag.parse("t" + i), manifest));
            if (i % 3 == 0) {
              apply(new Change.DeleteManifest(manifest.record().digest()));
            }
          }
          return true;
        },
        () -> {
          var record = repositories().repository(Samples.APP).orElseThrow();
          assertEquals(record.manifests(), record.tags(), "each manifest has one tag");
          return true;
        });
  }

  @Test
  @RequiresFeature(StoreFeature.ATOMIC_TAGS)
  void showsAllTagsOfACommitOrNone() throws Exception {
    List<StoredManifest> manifests = manifests();
    apply(manifests.stream().map(StoreLaws::put).toArray(Change[]::new));
    apply(setTag(Samples.V1, manifests.get(0)), setTag(Samples.V2, manifests.get(0)));
    writeWhileReading(
        () -> {
          for (int i = 0; i < ROUNDS * 8; i++) {
            StoredManifest target = manifests.get(i % WRITERS);
            apply(setTag(Samples.V1, target), setTag(Samples.V2, target));
          }
          return true;
        },
        () -> {
          List<TagRecord> tags = repositories().tags(Samples.APP, ALL).items();
          assertEquals(2, tags.size());
          assertEquals(tags.get(0).target(), tags.get(1).target());
          return true;
        });
  }

  @Test
  void skipsNoEntryThatWasThereThroughout() throws Exception {
    StoredManifest target = Samples.manifest("target");
    List<Change> stable = new ArrayList<>(List.of(put(target)));
    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 60; i++) {
      expected.add("s" + i);
      stable.add(setTag(Tag.parse("s" + i), target));
    }
    apply(stable.toArray(new Change[0]));
    writeWhileReading(
        () -> {
          for (int i = 0; i < ROUNDS * 8; i++) {
            Tag passing = Tag.parse("s" + (10 + i % 50) + "x");
            apply(setTag(passing, target));
            apply(new Change.DeleteTag(passing, Expected.anything()));
          }
          return true;
        },
        () -> {
          List<String> seen = new ArrayList<>();
          PageRequest request = PageRequest.first(4);
          while (request != null) {
            var page = repositories().tags(Samples.APP, request);
            page.items().stream()
                .map(record -> record.tag().value())
                .filter(tag -> !tag.endsWith("x"))
                .forEach(seen::add);
            request = page.next() == null ? null : request.next(page.next());
          }
          assertEquals(expected, seen);
          return true;
        });
  }

  @Test
  void readsOneOpenBlobFromManyThreads() throws Exception {
    byte[] bytes = Samples.content(1, 200_000);
    try (var content = blobs().open(push(bytes)).orElseThrow()) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        calls.add(
            () -> {
              try (var in = content.openStream(0)) {
                return Samples.sha256(in.readAllBytes()).equals(Samples.sha256(bytes));
              }
            });
      }
      assertTrue(crowd.<Boolean>run(calls).stream().allMatch(same -> same));
    }
  }

  @Test
  void showsAnUploadOnlyWhole() throws Exception {
    byte[] content = Samples.content(7, 300_000);
    Digest digest = Samples.sha256(content);
    writeWhileReading(
        () -> {
          for (int i = 0; i < 5; i++) {
            try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
              upload.append(new ByteArrayInputStream(content));
              upload.commit(digest);
            }
          }
          return true;
        },
        () -> {
          var open = blobs().open(digest);
          if (open.isPresent()) {
            open.get().close();
            assertStored(content);
          }
          return true;
        });
  }
}
