package io.registrykit.internal.maintenance;

import io.registrykit.maintenance.CollectionListener;
import io.registrykit.maintenance.CollectionReport;
import io.registrykit.maintenance.Finding;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import org.jspecify.annotations.Nullable;

/** Counts what a collection does and tells its listener. Not safe for use by several threads. */
final class Tally {
  private final CollectionListener listener;
  private final Pacer pacer;
  private long repositories;
  private long manifests;
  private long blobs;
  private long deletedManifests;
  private long unlinkedBlobs;
  private long deletedBlobs;
  private long deletedBytes;
  private boolean complete = true;

  Tally(CollectionListener listener, Pacer pacer) {
    this.listener = listener;
    this.pacer = pacer;
  }

  /** Whether to go on: false once the thread was interrupted. */
  boolean goesOn() {
    return complete;
  }

  /** Looks at an object, at the pace that was asked for. */
  void look() {
    complete &= pacer.next();
  }

  void repository() {
    repositories++;
    progress();
  }

  void manifest() {
    manifests++;
    look();
  }

  void blob() {
    blobs++;
    look();
  }

  void progress() {
    listener.onProgress(report());
  }

  void manifestDeleted(RepositoryName repository, Digest digest) {
    deletedManifests++;
    tell(Finding.Reason.UNTAGGED_MANIFEST, repository, digest);
  }

  void unlinked(RepositoryName repository, Digest digest) {
    unlinkedBlobs++;
    tell(Finding.Reason.UNREFERENCED_BLOB, repository, digest);
  }

  void blobDeleted(Digest digest, long bytes) {
    deletedBlobs++;
    deletedBytes += bytes;
    tell(Finding.Reason.UNLINKED_BLOB, null, digest);
  }

  private void tell(Finding.Reason reason, @Nullable RepositoryName repository, Digest digest) {
    listener.onFinding(new Finding(reason, repository, digest));
  }

  CollectionReport report() {
    return new CollectionReport(
        repositories,
        manifests,
        blobs,
        deletedManifests,
        unlinkedBlobs,
        deletedBlobs,
        deletedBytes,
        complete);
  }
}
