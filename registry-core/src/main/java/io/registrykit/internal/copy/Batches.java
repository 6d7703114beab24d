package io.registrykit.internal.copy;

import io.registrykit.BatchedWrites;
import java.util.function.Supplier;

/** Makes many pushes in a row a batch, where the destination has such a thing. Immutable. */
public final class Batches {
  private static final String SUBJECT = "index";

  private Batches() {}

  /**
   * Pushes, and ends the batch whatever becomes of it; the first failure is the one that is told.
   *
   * @param <T> what comes of it
   * @param destination where content goes
   * @param pushes the pushes
   * @return what came of it
   */
  public static <T> T in(Object destination, Supplier<T> pushes) {
    BatchedWrites.Batch batch = BatchedWrites.begin(destination);
    T result;
    try {
      result = pushes.get();
    } catch (RuntimeException e) {
      closeAfter(batch, e);
      throw e;
    }
    Sides.destination(
        SUBJECT,
        () -> {
          batch.close();
          return SUBJECT;
        });
    return result;
  }

  private static void closeAfter(BatchedWrites.Batch batch, RuntimeException failure) {
    try {
      batch.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
