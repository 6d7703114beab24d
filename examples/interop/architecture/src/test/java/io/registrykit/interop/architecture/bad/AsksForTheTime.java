package io.registrykit.interop.architecture.bad;

import java.time.Instant;

/** Cannot be tested at another time. */
public final class AsksForTheTime {
  Instant time() {
    return Instant.now();
  }
}
