package io.registrykit.spi.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.registrykit.error.RegistryException;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.store.UploadId;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A random sequence of operations on a store and on the {@link ReferenceModel}, whose answers must
 * be equal, errors included. One seed always gives one sequence. Not safe for use by several
 * threads at once.
 */
final class RandomOperations {
  static final String SEED_PROPERTY = "registrykit.tck.seed";
  private static final int REMEMBERED = 12;

  private final long seed;
  private final Random random;
  private final RandomSamples samples;
  private final BlobOperations blobOperations;
  private final NameOperations nameOperations;
  private final ReferenceModel model;
  private final boolean keepsUploads;
  private final List<UploadId> storeUploads = new ArrayList<>();
  private final List<UploadId> modelUploads = new ArrayList<>();
  private final Deque<String> last = new ArrayDeque<>();
  private RegistryStore store;
  private int steps;

  RandomOperations(long seed, RegistryStore store, ReferenceModel model, StoreHarness harness) {
    this.seed = seed;
    this.store = store;
    this.model = model;
    this.keepsUploads = harness.features().contains(StoreFeature.RESUMABLE_UPLOADS);
    random = new Random(seed);
    samples = new RandomSamples(random);
    Instant start = harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    blobOperations = new BlobOperations(random, samples, start);
    nameOperations = new NameOperations(random, samples);
  }

  /** The seed to start from: the system property's, or a fixed one. */
  static long firstSeed() {
    return Long.getLong(SEED_PROPERTY, 20_260_101L);
  }

  /** Something to do to both; the answers are compared. */
  record Operation(String name, Body body) {}

  /** What an operation does; uploads are known by their place in the list. */
  @FunctionalInterface
  interface Body {
    Object run(RegistryStore store, List<UploadId> uploads) throws IOException;
  }

  /** Does one operation on both, and insists on the same answer. */
  void step() {
    steps++;
    Operation operation =
        random.nextInt(3) == 0
            ? blobOperations.next(storeUploads.size())
            : nameOperations.next(Samples.at(steps));
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(operation.name());
    Object expected = outcome(operation.body(), model, modelUploads);
    Object actual = outcome(operation.body(), store, storeUploads);
    assertEquals(expected, actual, this::describe);
  }

  private static Object outcome(Body body, RegistryStore on, List<UploadId> uploads) {
    try {
      return body.run(on, uploads);
    } catch (RegistryException e) {
      return e.getClass().getSimpleName() + " " + e.code();
    } catch (IOException e) {
      return "IOException";
    } catch (IllegalArgumentException e) {
      return "IllegalArgumentException";
    }
  }

  /** Goes on with the same store, opened again. */
  void reopened(RegistryStore opened) {
    store = opened;
    if (!keepsUploads) {
      model.forgetUploads();
    }
    last.addLast("reopen");
  }

  /** Insists that both tell the same about everything. */
  void compareAll() throws IOException {
    assertEquals(
        StoreDump.of(model, samples.digests()),
        StoreDump.of(store, samples.digests()),
        this::describe);
  }

  private String describe() {
    return "after step "
        + steps
        + "; repeat with -D"
        + SEED_PROPERTY
        + "="
        + seed
        + "; the last operations were:\n  "
        + String.join("\n  ", last)
        + "\n";
  }
}
