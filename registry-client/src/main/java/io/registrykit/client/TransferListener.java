package io.registrykit.client;

import io.registrykit.model.Digest;

/**
 * Hears how blobs move. Called by the threads that move them, several at once; must be quick and
 * not throw.
 */
@FunctionalInterface
public interface TransferListener {

  /**
   * Something happened.
   *
   * @param event what
   */
  void on(Event event);

  /**
   * A listener that does nothing.
   *
   * @return the listener
   */
  static TransferListener none() {
    return event -> {};
  }

  /** What happens to a blob. */
  enum Phase {
    /** The transfer starts. */
    STARTED,
    /** More bytes went. */
    MOVED,
    /** A failure took the transfer back to an earlier byte, or only made it ask. */
    RESUMED,
    /** The other side had the blob. */
    EXISTED,
    /** The blob was mounted from another repository. */
    MOUNTED,
    /** The blob is there, whole and verified. */
    FINISHED,
    /** The transfer was given up. */
    FAILED
  }

  /**
   * One step of one blob. Immutable.
   *
   * @param phase what happened
   * @param digest the blob
   * @param bytes how many bytes are over there
   * @param total how many there are in all, or -1 when that is not known
   * @param upload true from here to the registry, false the other way
   */
  record Event(Phase phase, Digest digest, long bytes, long total, boolean upload) {}
}
