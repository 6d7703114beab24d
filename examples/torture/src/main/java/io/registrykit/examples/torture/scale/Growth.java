package io.registrykit.examples.torture.scale;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.store.fs.Durability;
import io.registrykit.store.fs.FileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares a store that holds a lot with one that holds next to nothing, as a command. */
public final class Growth {
  private static final int TAGS = 100_000;
  private static final int REPOSITORIES = 100_000;
  private static final int BLOBS = 1_000_000;
  private static final int TAGS_AT_ONCE = 100;
  private static final int STARTS = 5;

  private Growth() {}

  /**
   * Builds both stores and measures.
   *
   * @param args an empty folder on the disk to be measured; and optionally by how much to divide
   *     100,000 tags in one repository, 100,000 repositories and 1,000,000 blobs
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int divisor = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    Path small = folder.resolve("small");
    Path large = folder.resolve("large");
    build(small, Probes.FEW_TAGS, 1, 1);
    long began = System.nanoTime();
    build(large, TAGS / divisor, REPOSITORIES / divisor, BLOBS / divisor);
    System.out.printf(
        "%,d tags, %,d repositories, %,d blobs, built in %d s%n",
        TAGS / divisor,
        REPOSITORIES / divisor,
        BLOBS / divisor,
        Duration.ofNanos(System.nanoTime() - began).toSeconds());
    System.out.printf("%-26s %12s %12s %8s%n", "", "empty", "full", "ratio");
    long[] emptyStarts = new long[STARTS];
    long[] fullStarts = new long[STARTS];
    for (int i = 0; i < STARTS; i++) {
      emptyStarts[i] = startUp(small);
      fullStarts[i] = startUp(large);
    }
    print("start-up, JVM included", Probes.median(emptyStarts), Probes.median(fullStarts));
    try (ServerProcess empty = serve(small);
        ServerProcess full = serve(large)) {
      for (Map.Entry<String, Probes.Probe> probe : Probes.all().entrySet()) {
        long[] medians =
            Probes.compare(
                probe.getValue(), empty.wire(), Probes.FEW_TAGS, full.wire(), TAGS / divisor);
        print(probe.getKey(), medians[0], medians[1]);
      }
    }
  }

  @SuppressWarnings("SystemOut") // a command
  private static void print(String what, long empty, long full) {
    System.out.printf(
        "%-26s %9d us %9d us %8.2f%n", what, empty / 1000, full / 1000, (double) full / empty);
  }

  private static ServerProcess serve(Path root) throws IOException {
    return ServerProcess.standalone(List.of("-Xmx512m"), root);
  }

  private static long startUp(Path root) throws IOException {
    try (ServerProcess server = serve(root)) {
      return server.startUp().toNanos();
    }
  }

  private static void build(Path root, int tags, int repositories, int blobs) throws IOException {
    try (FileStore store = FileStore.at(root).durability(Durability.RELAXED).open();
        EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build()) {
      Blob config = Blob.of("{}");
      Manifest image = Manifest.image(config, List.of(config));
      EmbeddedRepository tagged = registry.repository(RepositoryName.parse(Probes.TAGGED));
      push(tagged, config, image, Set.of());
      for (int done = 0; done < tags; done += TAGS_AT_ONCE) {
        Set<Tag> names = new HashSet<>();
        for (int i = done; i < Math.min(tags, done + TAGS_AT_ONCE); i++) {
          names.add(Tag.parse(Probes.tag(i)));
        }
        tagged.pushManifest(Filler.raw(image), names);
      }
      for (int i = 0; i < repositories; i++) {
        RepositoryName name = RepositoryName.parse("many/%03d/r%06d".formatted(i % 1000, i));
        push(registry.repository(name), config, image, Set.of(Tag.parse("latest")));
      }
      Filler.blobs(store, blobs);
    }
  }

  private static void push(
      EmbeddedRepository repository, Blob config, Manifest image, Set<Tag> tags) {
    repository.pushBlob(Digest.parse(config.digest()), new ByteArrayInputStream(config.bytes()));
    repository.pushManifest(Filler.raw(image), tags);
  }
}
