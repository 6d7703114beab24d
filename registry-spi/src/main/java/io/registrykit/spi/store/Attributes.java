package io.registrykit.spi.store;

/**
 * The locks of a repository, manifest or tag: what may be done with it. Immutable.
 *
 * @param deleteEnabled whether it may be deleted
 * @param writeEnabled whether it may be overwritten or deleted
 * @param readEnabled whether it may be pulled
 * @param listEnabled whether it shows in lists
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-image-lock">ACR,
 *     lock a container image</a>
 */
public record Attributes(
    boolean deleteEnabled, boolean writeEnabled, boolean readEnabled, boolean listEnabled) {

  /** Nothing is locked. */
  public static final Attributes UNLOCKED = new Attributes(true, true, true, true);

  /** What can be locked. Immutable. */
  public enum Use {
    /** Deleting, which a lock against writing forbids as well. */
    DELETE,
    /** Overwriting. */
    WRITE,
    /** Pulling. */
    READ,
    /** Showing in lists. */
    LIST
  }

  /**
   * Whether a use is free.
   *
   * @param use what is to be done
   * @return false when a lock forbids it
   */
  public boolean allows(Use use) {
    return switch (use) {
      case DELETE -> deleteEnabled && writeEnabled;
      case WRITE -> writeEnabled;
      case READ -> readEnabled;
      case LIST -> listEnabled;
    };
  }
}
