package io.registrykit.maintenance;

import io.registrykit.internal.embedded.StoreCall;
import io.registrykit.spi.store.BlobStore;
import java.time.Clock;
import java.time.Duration;

/**
 * Ends uploads that nobody finishes. Immutable, and safe for use by any number of threads.
 *
 * <p>A registry treats an upload past its lifetime as unknown at once; the reaper gives the space
 * back.
 */
public final class UploadReaper {
  private final BlobStore blobs;
  private final Duration lifetime;
  private final Clock clock;

  /**
   * A reaper for the uploads of one store.
   *
   * @param blobs where the uploads are
   * @param lifetime how long an upload is kept from its start, as the policy of the registry has it
   * @param clock what tells the time
   */
  public UploadReaper(BlobStore blobs, Duration lifetime, Clock clock) {
    this.blobs = blobs;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /**
   * Ends the uploads that are past their lifetime and that nobody holds.
   *
   * @return how many there were
   * @throws io.registrykit.error.BackendException if the store fails
   */
  public int reap() {
    return StoreCall.run(() -> blobs.purgeUploads(clock.instant().minus(lifetime)));
  }
}
