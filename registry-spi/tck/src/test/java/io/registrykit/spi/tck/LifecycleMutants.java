package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.blobs;
import static io.registrykit.spi.tck.Tampering.names;
import static io.registrykit.spi.tck.Tampering.store;
import static io.registrykit.spi.tck.Tampering.uploads;
import static io.registrykit.spi.tck.Tampering.wrap;

import io.registrykit.model.Bytes;
import io.registrykit.model.Page;
import io.registrykit.spi.store.BlobStore;
import io.registrykit.spi.store.RegistryStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stores that get closing and opening wrong. */
final class LifecycleMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "has other ports at each call",
              store(
                  "blobs",
                  call ->
                      wrap(
                          BlobStore.class,
                          (BlobStore) call.proceed(),
                          "none",
                          inner -> inner.proceed())),
              "Closing.givesTheSamePortsAtEveryCall"),
          Mutant.of(
              "fails at the second close",
              LifecycleMutants::closingOnce,
              "Closing.closesTwiceAsOnce"),
          Mutant.of(
              "answers when it is closed",
              names(
                  "tagsOf",
                  call -> {
                    try {
                      return call.proceed();
                    } catch (IOException closed) {
                      return List.of();
                    }
                  }),
              "Closing.refusesEveryMethodOfThePortsOnceItIsClosed"),
          Mutant.of(
              "appends when it is closed",
              uploads(
                  "append",
                  call -> {
                    try {
                      return call.proceed();
                    } catch (IOException closed) {
                      return 0L;
                    }
                  }),
              "Closing.refusesToGoOnWithAnUploadOnceItIsClosed"),
          Mutant.of(
              "commits at close",
              uploads(
                  "close",
                  call -> {
                    ModelUpload upload = (ModelUpload) call.target();
                    if (!upload.isClosed()) {
                      upload.commit(Samples.sha256(upload.bytes()));
                    }
                    return call.proceed();
                  }),
              "Closing.commitsNoUploadByClosing"),
          Mutant.reopened(
              "loses the bytes of blobs",
              blobs(
                  "open",
                  call ->
                      ((Optional<?>) call.proceed())
                          .map(found -> new ModelContent(call.arg(0), Bytes.empty()))),
              "Durability.hasTheBytesOfBlobs"),
          Mutant.reopened(
              "loses touches",
              blobs("deleteIfUntouchedSince", call -> call.proceed(call.arg(0), Instant.MAX)),
              "Durability.forgetsNoTouch"),
          Mutant.reopened(
              "loses uploads",
              blobs("resume", call -> Optional.empty()),
              "Durability.goesOnWithUploads",
              "Durability.letsGoOfUploadsThatWereHeld"),
          Mutant.reopened(
              "loses tags",
              names("tags", call -> Page.empty()),
              "Durability.hasEverythingAfterEachStepOfASequence"),
          Mutant.reopened(
              "loses events",
              names("pendingEvents", call -> List.of()),
              "Durability.hasEverythingAfterEachStepOfASequence"));

  private LifecycleMutants() {}

  private static RegistryStore closingOnce(RegistryStore store) {
    AtomicBoolean closed = new AtomicBoolean();
    return store(
            "close",
            call -> {
              if (closed.getAndSet(true)) {
                throw new IOException("closed before");
              }
              return call.proceed();
            })
        .apply(store);
  }
}
