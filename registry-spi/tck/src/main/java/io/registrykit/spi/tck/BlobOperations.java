package io.registrykit.spi.tck;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.tck.RandomOperations.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Random operations on bytes. */
final class BlobOperations {
  private final Random random;
  private final RandomSamples samples;
  private final Instant start;

  /**
   * @param start when the sequence starts; cutoffs are whole hours and a half away from it, and
   *     touches whole hours, so that a commit that happens meanwhile is on one side for sure
   */
  BlobOperations(Random random, RandomSamples samples, Instant start) {
    this.random = random;
    this.samples = samples;
    this.start = start;
  }

  /** What to do with an upload that was taken up. */
  @FunctionalInterface
  private interface Use {
    Object of(BlobUpload upload) throws IOException;
  }

  Operation next(int uploads) {
    byte[] content = samples.content();
    Digest digest = samples.blobDigest();
    Instant touch = start.plus(Duration.ofHours(1 + random.nextInt(8)));
    Instant cutoff = start.plus(Duration.ofMinutes(60L * random.nextInt(10) - 30));
    int slot = uploads == 0 ? -1 : random.nextInt(uploads);
    int cut = random.nextInt(6_000);
    Instant startedAt = Samples.at(random.nextInt(10));
    Instant purge = Samples.at(random.nextInt(4));
    return switch (random.nextInt(15)) {
      case 0, 1 -> begin(content, random.nextInt(content.length + 1), startedAt);
      case 2 -> use("append", slot, upload -> upload.append(new ByteArrayInputStream(content)));
      case 3 -> use("complete and commit", slot, upload -> complete(upload, content, digest));
      case 4 -> use("truncate to " + cut, slot, upload -> truncate(upload, cut));
      case 5 -> use("commit " + digest, slot, upload -> upload.commit(digest));
      case 6 -> use("abort", slot, BlobOperations::abort);
      case 7, 8 -> new Operation("push " + content.length, (s, u) -> push(s.blobs(), content));
      case 9 ->
          new Operation(
              "status of upload " + slot,
              (s, u) -> s.blobs().status(id(u, slot)).map(it -> it.spec() + " " + it.size()));
      case 10 -> new Operation("read " + digest, (s, u) -> read(s.blobs(), digest));
      case 11 ->
          new Operation(
              "touch " + digest + " at " + touch, (s, u) -> s.blobs().touch(digest, touch));
      case 12 ->
          new Operation(
              "delete " + digest + " before " + cutoff,
              (s, u) -> s.blobs().deleteIfUntouchedSince(digest, cutoff));
      case 13 -> new Operation("purge before " + purge, (s, u) -> s.blobs().purgeUploads(purge));
      default -> new Operation("usage and all blobs", (s, u) -> list(s.blobs()));
    };
  }

  private static UploadId id(List<UploadId> uploads, int slot) {
    return slot < 0 ? UploadId.random() : uploads.get(slot);
  }

  private static Operation begin(byte[] content, int length, Instant startedAt) {
    return new Operation(
        "begin at " + startedAt + " with " + length + " of " + content.length,
        (store, uploads) -> {
          UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA256, "o", startedAt);
          try (BlobUpload upload = store.blobs().begin(spec)) {
            uploads.add(upload.id());
            return upload.append(new ByteArrayInputStream(content, 0, length));
          }
        });
  }

  private static Operation use(String name, int slot, Use use) {
    return new Operation(
        "upload " + slot + ": " + name,
        (store, uploads) -> {
          Optional<BlobUpload> found = store.blobs().resume(id(uploads, slot));
          if (found.isEmpty()) {
            return "no such upload";
          }
          try (BlobUpload upload = found.get()) {
            return use.of(upload) + ", then " + upload.size();
          }
        });
  }

  private static Object complete(BlobUpload upload, byte[] content, Digest digest)
      throws IOException {
    upload.truncate(0);
    upload.append(FaultyStream.trickling(content, 3_000));
    return upload.commit(Digest.of(digest.algorithm(), content));
  }

  private static Object truncate(BlobUpload upload, int size) throws IOException {
    upload.truncate(size);
    return "done";
  }

  private static Object abort(BlobUpload upload) throws IOException {
    upload.abort();
    return "done";
  }

  private static Object push(BlobStore blobs, byte[] content) throws IOException {
    UploadSpec spec = new UploadSpec(DigestAlgorithm.SHA256, "o", Samples.T0);
    try (BlobUpload upload = blobs.begin(spec)) {
      upload.append(new ByteArrayInputStream(content));
      return upload.commit(Samples.sha256(content));
    }
  }

  private static Object read(BlobStore blobs, Digest digest) throws IOException {
    Optional<BlobContent> found = blobs.open(digest);
    if (found.isEmpty()) {
      return blobs.size(digest);
    }
    try (BlobContent content = found.get();
        InputStream in = content.openStream(0)) {
      return Bytes.copyOf(in.readAllBytes());
    }
  }

  private static Object list(BlobStore blobs) throws IOException {
    TreeSet<Digest> all = new TreeSet<>();
    blobs.forEach(all::add);
    return blobs.usage() + " " + all;
  }
}
