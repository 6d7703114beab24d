package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.blobs;
import static io.registrykit.spi.tck.Tampering.contents;
import static io.registrykit.spi.tck.Tampering.store;
import static io.registrykit.spi.tck.Tampering.uploads;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.StoreFeature;
import io.registrykit.spi.store.StoreUsage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Stores that get the reading of bytes wrong. */
final class BlobMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "promises what it does not keep",
              store("features", call -> Set.of(StoreFeature.DURABLE)),
              "Blobs.promisesTheFeaturesOfTheHarness"),
          Mutant.of(
              "copies one byte too few",
              contents(
                  "transferTo",
                  call -> {
                    long length = call.arg(1);
                    return call.proceed(call.arg(0), Math.max(0, length - 1), call.arg(2));
                  }),
              "Blobs.readsBackByteForByte",
              "Blobs.copiesExactlyTheRunAskedFor"),
          Mutant.of(
              "reads from the start whatever is asked for",
              contents("openStream", call -> call.proceed(0L)),
              "Blobs.readsFromAnyByteOn",
              "Blobs.refusesAnOffsetOutsideTheBlob"),
          Mutant.of(
              "passes over the end of a blob",
              contents(
                  "transferTo",
                  call -> {
                    try {
                      return call.proceed();
                    } catch (EOFException e) {
                      return call.arg(1);
                    }
                  }),
              "Blobs.failsToCopyBeyondTheEnd"),
          Mutant.of(
              "tells another size of what is open",
              contents("size", call -> 1 + (long) call.proceed()),
              "Blobs.knowsTheDigestAndSizeOfWhatIsOpen"),
          Mutant.of(
              "has every blob",
              blobs(
                  "size",
                  call -> {
                    OptionalLong size = (OptionalLong) call.proceed();
                    return size.isPresent() ? size : OptionalLong.of(0);
                  }),
              "Blobs.hasNothingUnderAnUnknownDigest",
              "Uploads.showsNothingBeforeTheCommit"),
          Mutant.of(
              "reads single bytes wrong",
              contents("openStream", call -> wrongSingleBytes((InputStream) call.proceed())),
              "Blobs.readsInPiecesOfAnySize"),
          Mutant.of(
              "stores everything under SHA-256",
              uploads(
                  "commit",
                  call -> {
                    Digest expected = call.arg(0);
                    return expected.algorithm() == DigestAlgorithm.SHA256
                        ? call.proceed()
                        : call.proceed(Samples.sha256(((ModelUpload) call.target()).bytes()));
                  }),
              "Blobs.storesUnderSha512",
              "Uploads.commitsUnderAnotherAlgorithmThanItStartedWith"),
          Mutant.of(
              "visits every blob twice",
              blobs(
                  "forEach",
                  call -> {
                    Consumer<Digest> visitor = call.arg(0);
                    Consumer<Digest> twice = visitor.andThen(visitor);
                    return call.proceed(twice);
                  }),
              "Blobs.visitsEveryBlobOnce",
              "Blobs.storesTheSameBytesTwiceAsOnce"),
          Mutant.of(
              "takes one buffer of a body",
              uploads(
                  "append",
                  call -> {
                    InputStream body = call.arg(0);
                    return call.proceed(new ByteArrayInputStream(body.readNBytes(8_192)));
                  }),
              "Blobs.takesTheLargestReadThatABodyGives"),
          Mutant.of(
              "takes the bytes of an open blob away",
              store ->
                  contents(
                          "transferTo",
                          call -> {
                            Digest digest = ((BlobContent) call.target()).digest();
                            if (store.blobs().size(digest).isEmpty()) {
                              throw new IOException("deleted");
                            }
                            return call.proceed();
                          })
                      .apply(store),
              "Blobs.keepsWhatIsOpenReadableWhenItIsDeleted"),
          Mutant.of(
              "counts one blob too many",
              blobs(
                  "usage",
                  call -> {
                    StoreUsage usage = (StoreUsage) call.proceed();
                    return new StoreUsage(
                        usage.blobs() + 1, usage.blobBytes(), usage.uploads(), usage.uploadBytes());
                  }),
              "Usage.isZeroAtFirst",
              "Usage.countsABlobOnce",
              "Concurrency.storesOneBlobForManyUploadsOfIt"));

  private BlobMutants() {}

  private static InputStream wrongSingleBytes(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        return super.read() ^ 1;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
      }
    };
  }
}
