package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.registrykit.error.ConflictException;
import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
}
