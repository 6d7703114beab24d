package io.registrykit.internal.embedded;

import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The rules of uploads into one repository. Thread-safe. */
final class Uploads {
  private final RegistryContext context;
  private final RepositoryName name;
  private final Commits commits;

  Uploads(RegistryContext context, RepositoryName name) {
    this.context = context;
    this.name = name;
    this.commits = new Commits(context, name);
  }

  BlobUpload start(DigestAlgorithm algorithm) throws IOException {
    commits.requireUnlocked(Attributes.Use.WRITE);
    UploadSpec spec = new UploadSpec(algorithm, owner(), context.clock().instant());
    return limited(context.store().blobs().begin(spec));
  }

  BlobUpload resume(UploadId id) throws IOException {
    status(id);
    return limited(context.store().blobs().resume(id).orElseThrow(() -> unknown(id)));
  }

  /**
   * Looks at an upload. One of another repository or principal is as unknown as one that does not
   * exist, and so is one past its lifetime: an id that leaks opens nothing (CVE-2026-32589).
   */
  UploadStatus status(UploadId id) throws IOException {
    return context
        .store()
        .blobs()
        .status(id)
        .filter(found -> isOurs(found.spec()))
        .orElseThrow(() -> unknown(id));
  }

  private boolean isOurs(UploadSpec spec) {
    Instant end = spec.startedAt().plus(context.policy().uploadLifetime());
    return spec.owner().equals(owner()) && context.clock().instant().isBefore(end);
  }

  /** A space is in no repository name, so that no two pairs have one owner. */
  private String owner() {
    String owner = name + " " + context.actor().name();
    return owner.length() <= UploadSpec.MAX_OWNER_LENGTH
        ? owner
        : name + " " + Bytes.utf8(context.actor().name()).digest(DigestAlgorithm.SHA512);
  }

  private BlobUpload limited(BlobUpload upload) {
    long most = context.policy().maxBlobBytes();
    return most == Long.MAX_VALUE ? upload : new LimitedUpload(upload, most);
  }

  Descriptor finish(BlobUpload upload, Digest expected) throws IOException {
    if (!upload.spec().owner().equals(owner())) {
      throw unknown(upload.id());
    }
    commits.requireUnlocked(Attributes.Use.WRITE);
    return link(expected, upload.commit(expected));
  }

  /**
   * Makes a blob known here; it was committed or touched before. The disk may have taken longer
   * than the grace of a collector since then, and a clock may have jumped: a collection that began
   * before the link was there, and deleted the blob, is seen by the second touch; one that begins
   * later sees the link.
   */
  Descriptor link(Digest digest, long size) throws IOException {
    commits.commit(
        context.clock().instant(),
        List.of(
            new Change.RequireUnlocked(null, Attributes.Use.WRITE),
            new Change.LinkBlob(digest, size)),
        Commits::unexpected);
    if (!context.store().blobs().touch(digest, context.clock().instant())) {
      unlink(digest);
      throw deletedMeanwhile();
    }
    return BlobRules.describe(digest, size);
  }

  /** Takes back a link to nothing, unless somebody relies on it or it is gone already. */
  private void unlink(Digest digest) throws IOException {
    commits.commit(
        context.clock().instant(),
        List.of(new Change.UnlinkBlob(digest, true, null)),
        rejected -> deletedMeanwhile());
  }

  private static BackendException deletedMeanwhile() {
    return new BackendException(
        ErrorCode.UNAVAILABLE, "the blob was deleted while it was pushed; push it again", null);
  }

  private static NotFoundException unknown(UploadId id) {
    return new NotFoundException(
        ErrorCode.BLOB_UPLOAD_UNKNOWN,
        ErrorCode.BLOB_UPLOAD_UNKNOWN.defaultMessage(),
        Map.of("upload", id.toString()));
  }
}
