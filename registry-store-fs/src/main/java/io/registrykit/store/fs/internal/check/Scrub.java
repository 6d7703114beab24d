package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.store.fs.CheckListener;
import io.registrykit.store.fs.Finding;
import io.registrykit.store.fs.ScrubReport;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import io.registrykit.store.fs.internal.pool.BlobPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads every blob while the store is in use, and takes damaged ones out. For one thread. */
public final class Scrub {
  private final BlobPool pool;
  private final BlobVerifier verifier;
  private final CheckListener listener;

  /**
   * A scrub.
   *
   * @param listener told of each damaged blob at once
   */
  public Scrub(BlobPool pool, BlobCounters counters, RateLimit limit, CheckListener listener) {
    this.pool = pool;
    this.verifier = new BlobVerifier(pool, counters, limit, listener);
    this.listener = listener;
  }

  /** Reads every blob. */
  public ScrubReport run() throws IOException {
    List<Finding> damaged = new ArrayList<>();
    pool.forEachShard(
        digests -> {
          for (Digest digest : digests) {
            Optional<String> wrong = verifier.verify(digest);
            if (wrong.isPresent()) {
              boolean moved = pool.quarantine(digest);
              Finding finding =
                  new Finding(Finding.Kind.BLOB_DAMAGED, digest.toString(), wrong.get(), moved);
              damaged.add(finding);
              listener.onFinding(finding);
            }
          }
        });
    return new ScrubReport(verifier.blobs(), verifier.bytes(), damaged);
  }
}
