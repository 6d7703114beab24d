package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Digest;
import io.registrykit.store.fs.Finding;
import io.registrykit.store.fs.ScrubReport;
import io.registrykit.store.fs.internal.pool.BlobPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads every blob while the store is in use, and takes damaged ones out. For one thread. */
public final class Scrub {
  private final BlobPool pool;
  private final BlobVerifier verifier;

  /** A scrub. */
  public Scrub(BlobPool pool, RateLimit limit) {
    this.pool = pool;
    this.verifier = new BlobVerifier(pool, limit);
  }

  /**
   * Reads every blob.
   *
   * @param found told of each damaged one at once
   */
  public ScrubReport run(Consumer<? super Finding> found) throws IOException {
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
              found.accept(finding);
            }
          }
        });
    return new ScrubReport(verifier.blobs(), verifier.bytes(), damaged);
  }
}
