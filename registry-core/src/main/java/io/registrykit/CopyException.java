package io.registrykit;

import org.jspecify.annotations.Nullable;

/** A copy that failed, and on which side. Immutable, but for what every {@link Throwable} has. */
public final class CopyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The side that failed. */
  private final Side side;

  /** What was being copied. */
  private final String subject;

  /** One side of a copy. */
  public enum Side {
    /** Where content comes from. */
    SOURCE,
    /** Where content goes. */
    DESTINATION
  }

  /**
   * An exception.
   *
   * @param side the side that failed
   * @param subject what was being copied, such as a digest
   * @param cause what the side said
   */
  public CopyException(Side side, String subject, @Nullable Throwable cause) {
    super(
        "copying "
            + subject
            + " failed at the "
            + (side == Side.SOURCE ? "source" : "destination")
            + (cause == null ? "" : ": " + cause.getMessage()),
        cause);
    this.side = side;
    this.subject = subject;
  }

  /**
   * The side that failed.
   *
   * @return the side
   */
  public Side side() {
    return side;
  }

  /**
   * What was being copied.
   *
   * @return such as a digest or a tag
   */
  public String subject() {
    return subject;
  }
}
