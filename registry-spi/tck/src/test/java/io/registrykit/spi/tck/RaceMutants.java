package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.blobs;
import static io.registrykit.spi.tck.Tampering.contents;
import static io.registrykit.spi.tck.Tampering.names;

import io.registrykit.model.Bytes;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.Rejection;
import io.registrykit.spi.store.TagRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stores that do in two steps what should be one. */
final class RaceMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "looks at a tag and then sets it",
              RaceMutants::checkThenAct,
              "Concurrency.oneOfManyWritersMakesATag",
              "Concurrency.oneOfManyWritersMovesATag"),
          Mutant.of("loses a commit now and then", RaceMutants::lossy, "Concurrency.losesNoCommit"),
          Mutant.of(
              "looks at a touch and then deletes",
              store ->
                  blobs(
                          "deleteIfUntouchedSince",
                          call -> {
                            boolean there = store.blobs().size(call.arg(0)).isPresent();
                            pause();
                            return there && (boolean) call.proceed(call.arg(0), Instant.MAX);
                          })
                      .apply(store),
              "Concurrency.neverDeletesABlobThatIsCommittedMeanwhile",
              "Concurrency.neverDeletesABlobThatWasTouchedAndLinked"),
          Mutant.of(
              "shows commits change by change",
              names(
                  "commit",
                  call -> {
                    List<Change> changes = call.arg(2);
                    @Nullable Object result = null;
                    for (Change change : changes) {
                      result = call.proceed(call.arg(0), call.arg(1), List.of(change));
                      pause();
                    }
                    return result;
                  }),
              "Readers.showsNoManifestWithoutTheTagOfItsCommit",
              "Readers.showsAllTagsOfACommitOrNone"),
          Mutant.of(
              "has one position for all readers",
              RaceMutants::oneStream,
              "Readers.readsOneOpenBlobFromManyThreads"),
          Mutant.of(
              "shows a blob before it is whole",
              blobs(
                  "open",
                  call -> {
                    Optional<?> found = (Optional<?>) call.proceed();
                    return found.isPresent()
                        ? found
                        : Optional.of(new ModelContent(call.arg(0), Bytes.utf8("half")));
                  }),
              "Readers.showsAnUploadOnlyWhole"));

  private RaceMutants() {}

  private static void pause() {
    LockSupport.parkNanos(200_000);
  }

  private static RegistryStore checkThenAct(RegistryStore store) {
    return names(
            "commit",
            call -> {
              List<Change> changes = call.arg(2);
              if (changes.size() != 1 || !(changes.get(0) instanceof Change.SetTag it)) {
                return call.proceed();
              }
              Optional<TagRecord> now = store.repositories().tag(call.arg(0), it.tag());
              boolean expected =
                  it.expected() instanceof Expected.Exactly exactly
                      ? now.isPresent() && now.get().target().equals(exactly.digest())
                      : now.isEmpty();
              pause();
              Change blind = new Change.SetTag(it.tag(), it.target(), Expected.anything());
              return expected
                  ? call.proceed(call.arg(0), call.arg(1), List.of(blind))
                  : new CommitResult.Rejected(0, Rejection.TAG_CONFLICT, Set.of());
            })
        .apply(store);
  }

  private static RegistryStore lossy(RegistryStore store) {
    AtomicInteger commits = new AtomicInteger();
    return names(
            "commit",
            call ->
                commits.incrementAndGet() % 50 == 0
                    ? new CommitResult.Applied(Set.of(), Map.of(), Map.of())
                    : call.proceed())
        .apply(store);
  }

  private static RegistryStore oneStream(RegistryStore store) {
    Map<Object, Object> streams = new ConcurrentHashMap<>();
    return contents(
            "openStream",
            call -> {
              Object stream = call.proceed();
              Object first = streams.putIfAbsent(call.target(), stream);
              return first == null ? stream : first;
            })
        .apply(store);
  }
}
