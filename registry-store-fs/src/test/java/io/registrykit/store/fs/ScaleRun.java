package io.registrykit.store.fs;

import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.StoredManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Compares a large store with an empty one. A command: {@code ScaleRun FOLDER TAGS REPOSITORIES
 * BLOBS}.
 */
final class ScaleRun {
  private static final RepositoryName WIDE = RepositoryName.parse("scale/wide");
  private static final RepositoryName SMALL = RepositoryName.parse("scale/small");
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final int SAMPLES = 300;

  private final Path root;
  private final Random random = new Random(1);
  private int pushed;

  private ScaleRun(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int tags = Integer.parseInt(args[1]);
    ScaleRun empty = new ScaleRun(folder.resolve("empty"));
    empty.fill(1, 0, 0);
    ScaleRun large = new ScaleRun(folder.resolve("large"));
    if (!Files.exists(large.root)) {
      long start = System.nanoTime();
      large.fill(tags, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      System.out.printf(Locale.ROOT, "filled in %.1f s%n", (System.nanoTime() - start) / 1e9);
    }
    // Once to warm up, in both.
    empty.measure("", 1);
    large.measure("", tags);
    empty.measure("empty", 1);
    large.measure("large", tags);
  }

  private void fill(int tags, int repositories, int blobs) throws IOException {
    try (FileStore store = FileStore.at(root).durability(Durability.RELAXED).open()) {
      for (int i = 0; i < blobs; i++) {
        TestContent.push(store, "blob " + i);
      }
      Digest shared = TestContent.push(store, "shared");
      List<Change> link = List.of(new Change.LinkBlob(shared, 6));
      for (int i = 0; i < repositories; i++) {
        store.repositories().commit(RepositoryName.parse("many/r" + i % 100 + "/x" + i), NOW, link);
      }
      for (int i = 0; i < tags; i++) {
        tag(store, WIDE, "t" + i, "manifest " + i);
      }
    }
  }

  private static void tag(FileStore store, RepositoryName name, String tag, String content)
      throws IOException {
    RawManifest raw = RawManifest.of(MediaType.OCI_MANIFEST, Bytes.utf8(content));
    ManifestRecord record =
        new ManifestRecord(
            new Descriptor(MediaType.OCI_MANIFEST, raw.digest(), raw.content().length()),
            null,
            Set.of(),
            Set.of(),
            Attributes.UNLOCKED,
            NOW,
            NOW);
    store
        .repositories()
        .commit(
            name,
            NOW,
            List.of(
                new Change.PutManifest(new StoredManifest(raw, record)),
                new Change.SetTag(new Tag(tag), raw.digest(), Expected.anything())));
  }

  /** Something whose time is taken. */
  private interface Call {
    void run() throws IOException;
  }

  private static double medianMicros(Call call) throws IOException {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      call.run();
      times.add(System.nanoTime() - start);
    }
    long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[SAMPLES / 2] / 1e3;
  }

  private void measure(String label, int tags) throws IOException {
    long start = System.nanoTime();
    try (FileStore store = FileStore.open(root)) {
      double open = (System.nanoTime() - start) / 1e6;
      long first = System.nanoTime();
      get(store, "t0");
      double firstGet = (System.nanoTime() - first) / 1e6;
      double get = medianMicros(() -> get(store, "t" + random.nextInt(tags)));
      double page =
          medianMicros(
              () ->
                  store
                      .repositories()
                      .tags(WIDE, new PageRequest(100, "t" + random.nextInt(tags))));
      double push = medianMicros(() -> push(store, SMALL));
      double pushWide = medianMicros(() -> push(store, WIDE));
      long listed = System.nanoTime();
      store.repositories().repositories(new PageRequest(100, null));
      double firstList = (System.nanoTime() - listed) / 1e6;
      double list =
          medianMicros(() -> store.repositories().repositories(new PageRequest(100, "many/r50")));
      if (!label.isEmpty()) {
        System.out.printf(
            Locale.ROOT,
            "%s: open %.1f ms, first get %.1f ms, get by tag %.1f us, tag page %.1f us, push %.0f"
                + " us, push beside the tags %.0f us, first list %.1f ms, list %.1f us%n",
            label,
            open,
            firstGet,
            get,
            page,
            push,
            pushWide,
            firstList,
            list);
      }
    }
  }

  private static void get(FileStore store, String tag) throws IOException {
    Digest digest = store.repositories().tag(WIDE, new Tag(tag)).orElseThrow().target();
    if (store.repositories().manifest(WIDE, digest).isEmpty()) {
      throw new IOException(digest + " is missing");
    }
  }

  private void push(FileStore store, RepositoryName name) throws IOException {
    String text = "push " + System.nanoTime() + " " + pushed++;
    Digest blob = TestContent.push(store, text);
    store.repositories().commit(name, NOW, List.of(new Change.LinkBlob(blob, text.length())));
    tag(store, name, "zz" + pushed, "manifest " + text);
  }
}
