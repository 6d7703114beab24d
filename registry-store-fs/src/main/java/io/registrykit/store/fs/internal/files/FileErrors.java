package io.registrykit.store.fs.internal.files;

import io.registrykit.error.LimitException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a file system says when it refuses. */
public final class FileErrors {
  /** What the platforms of this store say of a full disk. */
  public static final String FULL = "No space left on device";

  private FileErrors() {}

  /** Whether a failure means that there is no room: the disk, a quota or its files are used up. */
  public static boolean isFull(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    if (message == null) {
      return false;
    }
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("quota exceeded")
        || text.contains("out of disk space")
        || text.contains("not enough space");
  }

  /** Whether a failure means that a file has as many names as it can have. */
  public static boolean isTooManyLinks(IOException failure) {
    String message = failure.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("too many links");
  }

  /**
   * Turns a full disk into the error that says so.
   *
   * @param failure what the file system said
   * @return the failure, when it is another
   * @throws LimitException if the disk is full
   */
  public static IOException translate(IOException failure) {
    if (isFull(failure)) {
      LimitException full = LimitException.full("the disk of the store is full");
      full.addSuppressed(failure);
      throw full;
    }
    return failure;
  }
}
