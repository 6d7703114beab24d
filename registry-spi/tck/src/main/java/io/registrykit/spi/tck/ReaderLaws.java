package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.registrykit.model.Digest;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.store.TagRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Laws of what readers see while others write. */
abstract class ReaderLaws extends StoreLaws {
  private static final int READERS = 4;
  private static final int ROUNDS = 200;

  private final Crowd crowd = new Crowd(READERS);

  @AfterEach
  void sendTheCrowdHome() {
    crowd.close();
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
          for (int i = 0; i < ROUNDS; i++) {
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
    List<StoredManifest> manifests = targets();
    apply(manifests.stream().map(StoreLaws::put).toArray(Change[]::new));
    apply(setTag(Samples.V1, manifests.get(0)), setTag(Samples.V2, manifests.get(0)));
    writeWhileReading(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            StoredManifest target = manifests.get(i % READERS);
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
          for (int i = 0; i < ROUNDS; i++) {
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
      for (int i = 0; i < READERS; i++) {
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
    FaultyStream.Watch hidden =
        () -> assertTrue(blobs().open(digest).isEmpty(), "the blob shows before its commit");
    writeWhileReading(
        () -> {
          for (int i = 0; i < 5; i++) {
            try (BlobUpload upload = blobs().begin(Samples.uploadSpec())) {
              upload.append(FaultyStream.watched(content, i == 0 ? hidden : FaultyStream.NO_WATCH));
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

  private static List<StoredManifest> targets() {
    List<StoredManifest> targets = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      targets.add(Samples.manifest("target " + i));
    }
    return targets;
  }
}
