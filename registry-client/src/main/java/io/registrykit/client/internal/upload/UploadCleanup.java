package io.registrykit.client.internal.upload;

import io.registrykit.client.Cancellation;
import io.registrykit.client.internal.http.CallLimits;
import java.time.Duration;

/** How long to spend on clearing up after a call that has ended otherwise. Immutable. */
final class UploadCleanup {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private UploadCleanup() {}

  static CallLimits limits() {
    return new CallLimits(System.nanoTime() + PATIENCE.toNanos(), true, new Cancellation());
  }
}
