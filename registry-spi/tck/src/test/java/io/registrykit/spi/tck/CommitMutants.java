package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.names;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.PendingEvent;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryStore;
import io.registrykit.spi.tck.Tampering.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Stores that get commits wrong. */
final class CommitMutants {
  private static final CommitResult NOTHING_TOLD =
      new CommitResult.Applied(Set.of(), Map.of(), Map.of());

  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "carries out one change after the other",
              names("commit", CommitMutants::oneByOne),
              "Commits.changesNothingWhenItIsRefused",
              "Commits.deletesNothingWhenItIsRefused",
              "Commits.keepsTheRepositoryWhenItIsRefused",
              "Commits.makesNoRepositoryWhenItIsRefused",
              "Events.comeWithTheFactsOrNotAtAll",
              "Capacity.refusesAManifestThatDoesNotFitWithAllOfItsCommit"),
          Mutant.of(
              "names the wrong change",
              names(
                  "commit",
                  call ->
                      call.proceed() instanceof CommitResult.Rejected it
                          ? new CommitResult.Rejected(0, it.reason(), it.missing())
                          : NOTHING_TOLD),
              "Commits.stopsAtTheFirstChangeThatIsRefused"),
          Mutant.of(
              "does not tell what went",
              names(
                  "commit",
                  call -> call.proceed() instanceof CommitResult.Rejected it ? it : NOTHING_TOLD),
              "Commits.tellsTheDifferenceBetweenBeforeAndAfter",
              "Deletion.deletesARepositoryWithAllThatIsInIt",
              "Deletion.replacesARepositoryInOneCommit",
              "Manifests.goesWithEveryTagOnIt",
              "Tags.keepsItsFirstTimeAndLocksWhenItMoves",
              "Tags.isDeletedAndLeavesItsManifest"),
          Mutant.of(
              "takes a commit of nothing",
              names(
                  "commit",
                  call -> ((List<?>) call.arg(2)).isEmpty() ? NOTHING_TOLD : call.proceed()),
              "Commits.needsAChange"),
          Mutant.of(
              "has one time for all",
              names("commit", call -> call.proceed(call.arg(0), Samples.at(77), call.arg(2))),
              "Commits.datesAndCountsARepository",
              "Commits.makesARepositoryWithItsFirstBlobOrManifest",
              "Manifests.datesAManifestByTheCommit",
              "Links.refreshesTheTimeOfALink",
              "Locks.changeTheTimeOfWhatIsLocked",
              "Tags.pointsToItsManifest"),
          Mutant.of(
              "makes a repository at any commit",
              names(
                  "commit",
                  call -> {
                    List<Change> changes = new ArrayList<>();
                    changes.add(new Change.LinkBlob(Samples.digest(9_999), 1));
                    changes.add(new Change.UnlinkBlob(Samples.digest(9_999), false, null));
                    changes.addAll(call.<List<Change>>arg(2));
                    return call.proceed(call.arg(0), call.arg(1), changes);
                  }),
              "Commits.makesNoRepositoryByConditionsAndEvents"),
          Mutant.of(
              "takes a second push for a first",
              rewriting(
                  (store, repository, change) ->
                      change instanceof Change.PutManifest it && has(store, repository, it)
                          ? List.of(new Change.DeleteManifest(it.manifest().record().digest()), it)
                          : List.of(change)),
              "Manifests.keepsTheFirstTimeWhenItIsPushedAgain",
              "Manifests.keepsLocksWhenItIsPushedAgain"),
          Mutant.of(
              "passes over a second push",
              rewriting(
                  (store, repository, change) ->
                      change instanceof Change.PutManifest it && has(store, repository, it)
                          ? List.of(new Change.Require(Set.of(), Set.of()))
                          : List.of(change)),
              "Manifests.takesWhatTheSecondPushKnows",
              "Referrers.followASubjectThatIsKnownLater"),
          Mutant.of(
              "deletes referrers with their subject",
              rewriting(CommitMutants::withReferrers),
              "Referrers.stayWhenTheSubjectIsDeleted"),
          Mutant.of(
              "deletes events with their repository",
              store ->
                  names(
                          "commit",
                          call -> {
                            Object result = call.proceed();
                            List<Change> changes = call.arg(2);
                            if (changes.get(0) instanceof Change.DeleteRepository) {
                              forgetEvents(store.repositories(), call.arg(0));
                            }
                            return result;
                          })
                      .apply(store),
              "Events.outliveTheirRepository"),
          Mutant.of(
              "mixes up repositories",
              names(
                  "commit",
                  call -> {
                    String name = call.<RepositoryName>arg(0).value().replace("/", "-");
                    return call.proceed(RepositoryName.parse(name), call.arg(1), call.arg(2));
                  }),
              "Names.keepsRepositoriesApart"));

  private CommitMutants() {}

  /** Turns one change into several. */
  @FunctionalInterface
  private interface Rewriter {
    List<Change> rewrite(RegistryStore store, RepositoryName repository, Change change)
        throws IOException;
  }

  private static UnaryOperator<RegistryStore> rewriting(Rewriter rewriter) {
    return store ->
        names(
                "commit",
                call -> {
                  List<Change> changes = new ArrayList<>();
                  for (Change change : call.<List<Change>>arg(2)) {
                    changes.addAll(rewriter.rewrite(store, call.arg(0), change));
                  }
                  return call.proceed(call.arg(0), call.arg(1), changes);
                })
            .apply(store);
  }

  static Object oneByOne(Call call) throws Throwable {
    List<Change> changes = call.arg(2);
    for (int i = 0; i < changes.size(); i++) {
      Object result = call.proceed(call.arg(0), call.arg(1), List.of(changes.get(i)));
      if (result instanceof CommitResult.Rejected it) {
        return new CommitResult.Rejected(i, it.reason(), it.missing());
      }
    }
    return changes.isEmpty() ? call.proceed() : NOTHING_TOLD;
  }

  private static boolean has(
      RegistryStore store, RepositoryName repository, Change.PutManifest change)
      throws IOException {
    return store
        .repositories()
        .manifest(repository, change.manifest().record().digest())
        .isPresent();
  }

  private static List<Change> withReferrers(
      RegistryStore store, RepositoryName repository, Change change) throws IOException {
    List<Change> changes = new ArrayList<>(List.of(change));
    if (change instanceof Change.DeleteManifest it) {
      for (ManifestRecord referrer :
          store.repositories().referrers(repository, it.digest(), StoreLaws.ALL).items()) {
        changes.add(new Change.DeleteManifest(referrer.digest()));
      }
    }
    return changes;
  }

  private static void forgetEvents(RepositoryStore names, RepositoryName repository)
      throws IOException {
    for (PendingEvent event : names.pendingEvents(1_000)) {
      names.acknowledgeEvents(repository, Set.of(event.event().id()));
    }
  }
}
