package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.blobs;
import static io.registrykit.spi.tck.Tampering.uploads;

import io.registrykit.error.ConflictException;
import io.registrykit.error.LimitException;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import io.registrykit.spi.tck.Tampering.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that get uploads wrong. */
final class UploadMutants {
  private static final Set<Object> COMMITTED = ConcurrentHashMap.newKeySet();

  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "starts over at each append",
              uploads(
                  "append",
                  call -> {
                    upload(call).truncate(0);
                    return call.proceed();
                  }),
              "Uploads.takesBytesInPieces",
              "Uploads.keepsWhatWasAppendedWhenItIsClosed"),
          Mutant.of(
              "knows no empty blob",
              uploads(
                  "commit",
                  call -> {
                    if (upload(call).size() == 0) {
                      throw new IOException("nothing there");
                    }
                    return call.proceed();
                  }),
              "Uploads.takesAnEmptyBlobThatWasNeverAppendedTo"),
          Mutant.of(
              "discards at close",
              uploads(
                  "close",
                  call -> {
                    try {
                      upload(call).abort();
                    } catch (IOException closedBefore) {
                      return null;
                    }
                    return call.proceed();
                  }),
              "Uploads.keepsWhatWasAppendedWhenItIsClosed",
              "Usage.countsAnUploadThatWasClosed"),
          Mutant.of(
              "does not abort",
              uploads("abort", call -> null),
              "Uploads.forgetsWhatWasAborted",
              "Usage.forgetsAnUploadThatWasAborted",
              "Capacity.hasRoomAgainAfterAnAbort"),
          Mutant.of(
              "commits once and never again",
              uploads(
                  "commit",
                  call -> {
                    if (!COMMITTED.add(call.target())) {
                      throw new IOException("again");
                    }
                    return call.proceed();
                  }),
              "Uploads.commitsTwiceAsOnce",
              "Uploads.refusesAnotherDigestAndGoesOn"),
          Mutant.of(
              "deletes what was committed when it is aborted",
              store ->
                  uploads(
                          "abort",
                          call -> {
                            store
                                .blobs()
                                .deleteIfUntouchedSince(
                                    Samples.sha256(upload(call).bytes()), Instant.MAX);
                            return call.proceed();
                          })
                      .apply(store),
              "Uploads.keepsTheBlobWhenTheUploadIsAbortedAfterItsCommit"),
          Mutant.of(
              "knows every upload",
              blobs(
                  "status",
                  call -> {
                    Optional<?> status = (Optional<?>) call.proceed();
                    return status.isPresent()
                        ? status
                        : Optional.of(new UploadStatus(call.arg(0), Samples.uploadSpec(), 0));
                  }),
              "Uploads.endsWithTheCommit",
              "Uploads.knowsNoUploadOfAnotherName",
              "Uploads.purgesOldUploadsThatNobodyHolds"),
          Mutant.of(
              "takes any digest",
              uploads("commit", call -> call.proceed(Samples.sha256(upload(call).bytes()))),
              "Uploads.refusesAnotherDigestAndGoesOn"),
          Mutant.of(
              "keeps nothing of a body that broke off",
              uploads(
                  "append",
                  call -> {
                    InputStream body = call.arg(0);
                    return call.proceed(new ByteArrayInputStream(body.readAllBytes()));
                  }),
              "Uploads.keepsWhatArrivedBeforeTheBodyBrokeOff"),
          Mutant.of(
              "reads a body once",
              uploads(
                  "append",
                  call -> {
                    InputStream body = call.arg(0);
                    byte[] bytes = new byte[100_000];
                    int count = Math.max(0, body.read(bytes));
                    return call.proceed(new ByteArrayInputStream(bytes, 0, count));
                  }),
              "Uploads.takesABodyThatTrickles"),
          Mutant.of(
              "closes the body",
              uploads(
                  "append",
                  call -> {
                    Object count = call.proceed();
                    ((InputStream) call.arg(0)).close();
                    return count;
                  }),
              "Uploads.leavesTheBodyOpen"),
          Mutant.of(
              "takes nothing back",
              uploads("truncate", call -> null),
              "Uploads.takesBackTheLastBytes",
              "Uploads.takesBackEverything",
              "Uploads.refusesToEndWhereItNeverWas",
              "Usage.countsAnUploadUntilItsCommit"),
          Mutant.of(
              "lets two hold an upload",
              store ->
                  blobs(
                          "resume",
                          call -> {
                            try {
                              return call.proceed();
                            } catch (ConflictException held) {
                              return Optional.of(store.blobs().begin(Samples.uploadSpec()));
                            }
                          })
                      .apply(store),
              "Uploads.refusesASecondHolder",
              "Concurrency.givesAnUploadToOneOfManyHolders"),
          Mutant.of(
              "forgets whose upload it is",
              blobs(
                  "status",
                  call ->
                      ((Optional<?>) call.proceed())
                          .map(found -> withoutOwner((UploadStatus) found))),
              "Uploads.tellsHowAnUploadStands"),
          Mutant.of(
              "never lets go",
              uploads("close", call -> null),
              "Uploads.doesNothingMoreOnceItIsClosed"),
          Mutant.of(
              "refuses a blob that it has",
              store ->
                  uploads(
                          "commit",
                          call -> {
                            if (store.blobs().size(call.arg(0)).isPresent()) {
                              throw new IOException("there already");
                            }
                            return call.proceed();
                          })
                      .apply(store),
              "Uploads.letsTwoUploadsStoreTheSameBytes",
              "Blobs.storesTheSameBytesTwiceAsOnce"),
          Mutant.of(
              "purges every upload",
              blobs("purgeUploads", call -> call.proceed(Instant.MAX)),
              "Uploads.purgesOldUploadsThatNobodyHolds"),
          Mutant.of(
              "is full too early",
              uploads(
                  "append",
                  call -> {
                    InputStream body = call.arg(0);
                    byte[] bytes = body.readAllBytes();
                    if (bytes.length >= 5_000) {
                      throw LimitException.full("full");
                    }
                    return call.proceed(new ByteArrayInputStream(bytes));
                  }),
              "Capacity.takesAllThatFits",
              "Capacity.takesTheSameBlobForNothing"),
          Mutant.of(
              "drops what does not fit and says nothing",
              uploads(
                  "append",
                  call -> {
                    try {
                      return call.proceed();
                    } catch (LimitException full) {
                      return 0L;
                    }
                  }),
              "Capacity.refusesABufferThatDoesNotFitAndKeepsNoneOfIt"));

  private UploadMutants() {}

  private static ModelUpload upload(Call call) {
    return (ModelUpload) (BlobUpload) call.target();
  }

  private static UploadStatus withoutOwner(UploadStatus status) {
    UploadSpec spec = status.spec();
    return new UploadStatus(
        status.id(), new UploadSpec(spec.algorithm(), "", spec.startedAt()), status.size());
  }
}
