package io.registrykit.server.jdk;

/**
 * The time that a peer may still keep a thread waiting: waiting spends it, bytes buy it back, up to
 * where it began. Guarded by its {@link Call}.
 */
final class Patience {
  private final long most;
  private final double nanosPerByte;
  private long left;

  Patience(long mostNanos, long bytesPerSecond) {
    this.most = mostNanos;
    this.nanosPerByte = 1e9 / bytesPerSecond;
    this.left = mostNanos;
  }

  void spend(long nanos, long bytes) {
    left = Math.min(most, left - nanos + (long) (bytes * nanosPerByte));
  }

  boolean isOutAfter(long nanos) {
    return nanos > left;
  }
}
