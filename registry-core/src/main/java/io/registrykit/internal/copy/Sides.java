package io.registrykit.internal.copy;

import io.registrykit.CopyException;
import io.registrykit.CopyException.Side;
import io.registrykit.error.RegistryException;
import java.util.function.Supplier;

/** Runs what talks to one side of a copy, and says so when it fails. Immutable. */
public final class Sides {
  private static final int MAX_CAUSES = 20;

  private Sides() {}

  /**
   * Asks the source.
   *
   * @param <T> what it answers
   * @param subject what is being copied
   * @param call the question
   * @return the answer
   */
  public static <T> T source(String subject, Supplier<T> call) {
    return run(Side.SOURCE, subject, call);
  }

  /**
   * Asks the destination; when it fails because what it was given cannot be read, the source has
   * failed.
   *
   * @param <T> what it answers
   * @param subject what is being copied
   * @param call the question
   * @return the answer
   */
  public static <T> T destination(String subject, Supplier<T> call) {
    return run(Side.DESTINATION, subject, call);
  }

  private static <T> T run(Side side, String subject, Supplier<T> call) {
    try {
      return call.get();
    } catch (RegistryException e) {
      throw new CopyException(readingFailed(e) ? Side.SOURCE : side, subject, e);
    }
  }

  private static boolean readingFailed(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof SourceReadException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
