package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.blobs;
import static io.registrykit.spi.tck.Tampering.uploads;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.RegistryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that delete too much or too little. */
final class DeletionMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "deletes nothing",
              blobs("deleteIfUntouchedSince", call -> true),
              "Deletion.deletesABlobThatNobodyTouchedSince",
              "Deletion.knowsNothingToTouchOrDeleteUnderAnUnknownDigest",
              "Usage.forgetsABlobThatWasDeleted",
              "Capacity.hasRoomAgainAfterADeletion"),
          Mutant.of(
              "deletes whatever was touched",
              blobs("deleteIfUntouchedSince", call -> call.proceed(call.arg(0), Instant.MAX)),
              "Deletion.leavesABlobThatWasCommittedSince",
              "Deletion.leavesABlobThatWasTouchedAtTheCutoffOrLater",
              "Deletion.forgetsNoTouchByAnEarlierOne"),
          Mutant.of(
              "deletes what was touched at the cutoff",
              blobs(
                  "deleteIfUntouchedSince",
                  call -> call.proceed(call.arg(0), ((Instant) call.arg(1)).plusMillis(1))),
              "Deletion.leavesABlobThatWasTouchedAtTheCutoffOrLater"),
          Mutant.of(
              "does not touch",
              blobs("touch", call -> true),
              "Deletion.leavesABlobThatWasTouchedAtTheCutoffOrLater",
              "Deletion.knowsNothingToTouchOrDeleteUnderAnUnknownDigest"),
          Mutant.of(
              "does not touch what is committed again",
              store ->
                  uploads(
                          "commit",
                          call -> {
                            var size = store.blobs().size(call.arg(0));
                            return size.isPresent() ? size.getAsLong() : call.proceed();
                          })
                      .apply(store),
              "Deletion.takesASecondCommitForATouch"),
          Mutant.of(
              "remembers the touches of what was deleted",
              DeletionMutants::remembering,
              "Deletion.storesABlobAnewAfterItsDeletion"));

  private DeletionMutants() {}

  private static RegistryStore remembering(RegistryStore store) {
    Map<Digest, Instant> touches = new ConcurrentHashMap<>();
    RegistryStore recording =
        blobs(
                "touch",
                call -> {
                  touches.merge(call.arg(0), call.arg(1), (a, b) -> a.isAfter(b) ? a : b);
                  return call.proceed();
                })
            .apply(store);
    return blobs(
            "deleteIfUntouchedSince",
            call -> {
              Instant touched = touches.getOrDefault(call.<Digest>arg(0), Instant.MIN);
              return touched.isBefore(call.arg(1)) && (boolean) call.proceed();
            })
        .apply(recording);
  }
}
