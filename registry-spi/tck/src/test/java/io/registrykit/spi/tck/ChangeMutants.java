package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.names;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.Expected;
import io.registrykit.spi.store.RegistryStore;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Stores that carry out another change than the one they were given. */
final class ChangeMutants {
  /** A change that does nothing. */
  private static final Change NOTHING = new Change.Require(Set.of(), Set.of());

  /** A change that is always refused. */
  private static final Change REFUSED = new Change.Require(Set.of(Samples.digest(9_999)), Set.of());

  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "requires nothing",
              dropping(Change.Require.class),
              "Links.requiresLinksInTheRepositoryItself",
              "Manifests.isRequiredInTheRepositoryItself",
              "RandomSequences.doesWhatPlainMapsDo"),
          Mutant.of(
              "knows no locks",
              dropping(Change.RequireUnlocked.class),
              "Locks.refuseWhatTheyForbidAndNothingElse"),
          Mutant.of(
              "locks all by the repository",
              changing(
                  change ->
                      change instanceof Change.RequireUnlocked it
                          ? new Change.RequireUnlocked(null, it.use())
                          : change),
              "Locks.holdNothingThatDoesNotExist",
              "Locks.refuseWhatTheyForbidAndNothingElse"),
          Mutant.of(
              "locks the repository whatever is to be locked",
              changing(
                  change ->
                      change instanceof Change.SetAttributes it
                          ? new Change.SetAttributes(null, it.attributes(), it.expected())
                          : change),
              "Locks.lockOneThingAndNothingElse",
              "Locks.cannotLockWhatIsNotThere",
              "Referrers.showTheirLocks",
              "Manifests.keepsLocksWhenItIsPushedAgain"),
          Mutant.of(
              "sets locks whatever is expected",
              changing(
                  change ->
                      change instanceof Change.SetAttributes it
                          ? new Change.SetAttributes(it.target(), it.attributes())
                          : change),
              "Locks.areSetOnlyIfTheyAreAsExpected"),
          Mutant.of(
              "checks locks that nobody asked for",
              names(
                  "commit",
                  call -> {
                    List<Change> changes = call.arg(2);
                    return changes.get(0) instanceof Change.DeleteManifest
                        ? call.proceed(call.arg(0), call.arg(1), List.of(REFUSED))
                        : call.proceed();
                  }),
              "Locks.areCheckedOnlyWhereACommitAsks"),
          Mutant.of(
              "lets a collector take what is used",
              dropping(Change.RequireUnused.class),
              "Collection.leavesAManifestWithATag",
              "Collection.leavesAPartOfAnother",
              "Collection.leavesASubject",
              "Collection.leavesAManifestThatWasPushedAtTheCutoffOrLater"),
          Mutant.of(
              "lets a collector take nothing",
              changing(change -> change instanceof Change.RequireUnused ? REFUSED : change),
              "Collection.takesAnOldManifestThatNobodyNames",
              "Collection.passesOverAManifestThatIsNotThere",
              "Collection.looksAtOneRepositoryAlone"),
          Mutant.of(
              "links nothing",
              dropping(Change.LinkBlob.class),
              "Links.makesABlobKnownInOneRepositoryAlone",
              "Links.refreshesTheTimeOfALink"),
          Mutant.of(
              "unlinks nothing",
              dropping(Change.UnlinkBlob.class),
              "Links.takesABlobOutOfOneRepositoryAlone",
              "Links.cannotTakeOutWhatIsNotThere"),
          Mutant.of(
              "unlinks whatever is used",
              changing(
                  change ->
                      change instanceof Change.UnlinkBlob it
                          ? new Change.UnlinkBlob(it.digest(), false, null)
                          : change),
              "Links.leavesABlobThatAManifestNames",
              "Links.leavesABlobThatWasLinkedAtTheCutoffOrLater"),
          Mutant.of(
              "unlinks only what is not used",
              changing(
                  change ->
                      change instanceof Change.UnlinkBlob it
                          ? new Change.UnlinkBlob(it.digest(), true, it.onlyIfLinkedBefore())
                          : change),
              "Links.takesOutANamedBlobWhenThatIsWanted"),
          Mutant.of(
              "never unlinks what was used once",
              changing(
                  change ->
                      change instanceof Change.UnlinkBlob it && it.onlyIfUnreferenced()
                          ? REFUSED
                          : change),
              "Links.countsAManifestThatIsPushedTwiceOnce",
              "Commits.letsAChangeSeeThoseBeforeIt"),
          Mutant.of(
              "deletes no manifest",
              dropping(Change.DeleteManifest.class),
              "Manifests.cannotBeDeletedWhenItIsNotThere",
              "Manifests.goesWithEveryTagOnIt",
              "Manifests.comesBackAsNewAfterItsDeletion",
              "Referrers.goWhenTheyAreDeleted",
              "Names.deletesOneOfTwoTagsThatDifferInCase"),
          Mutant.of(
              "deletes no tag",
              dropping(Change.DeleteTag.class),
              "Tags.cannotBeDeletedWhenItIsNotThere",
              "Tags.isDeletedAndLeavesItsManifest",
              "Tags.comesBackAsNewAfterItsDeletion"),
          Mutant.of(
              "deletes no repository",
              dropping(Change.DeleteRepository.class),
              "Deletion.deletesARepositoryOnce",
              "Deletion.deletesARepositoryWithAllThatIsInIt",
              "Deletion.makesARepositoryAnewAfterItsDeletion",
              "Names.deletesNoRepositoryWithAnotherThatItLiesIn"),
          Mutant.of(
              "sets a tag whatever is expected",
              changing(
                  change ->
                      change instanceof Change.SetTag it
                          ? new Change.SetTag(it.tag(), it.target(), Expected.anything())
                          : change),
              "Tags.isSetOnlyWhenAbsentIfThatIsExpected",
              "Tags.isMovedOnlyFromWhatIsExpected",
              "RandomSequences.doesWhatPlainMapsDo"),
          Mutant.of(
              "deletes a tag whatever is expected",
              changing(
                  change ->
                      change instanceof Change.DeleteTag it
                          ? new Change.DeleteTag(it.tag(), Expected.anything())
                          : change),
              "Tags.isDeletedOnlyIfItIsAsExpected"),
          Mutant.of(
              "takes tags that differ in case for one",
              changing(
                  change ->
                      change instanceof Change.SetTag it
                          ? new Change.SetTag(lower(it.tag()), it.target(), it.expected())
                          : change),
              "Names.keepsTagsApart",
              "Names.deletesOneOfTwoTagsThatDifferInCase",
              "Tags.isListedWithItsManifest"),
          Mutant.of(
              "publishes nothing",
              dropping(Change.Publish.class),
              "Events.waitAsTheyWerePublished"),
          Mutant.of(
              "sets no tag on what is not there and says it did",
              store ->
                  names(
                          "commit",
                          call -> {
                            List<Change> changes = call.arg(2);
                            boolean absent =
                                changes.get(0) instanceof Change.SetTag it
                                    && store
                                        .repositories()
                                        .manifest(call.arg(0), it.target())
                                        .isEmpty();
                            return absent
                                ? call.proceed(call.arg(0), call.arg(1), List.of(NOTHING))
                                : call.proceed();
                          })
                      .apply(store),
              "Tags.needsAManifestOfTheRepository"),
          Mutant.of(
              "refuses to set a tag to what it is",
              store ->
                  names(
                          "commit",
                          call -> {
                            List<Change> changes = call.arg(2);
                            boolean same =
                                changes.get(0) instanceof Change.SetTag it
                                    && points(store, it.tag(), it.target());
                            return same
                                ? call.proceed(call.arg(0), call.arg(1), List.of(REFUSED))
                                : call.proceed();
                          })
                      .apply(store),
              "Tags.canBeSetToWhatItIsWhateverIsExpected"));

  private ChangeMutants() {}

  static UnaryOperator<RegistryStore> changing(UnaryOperator<Change> replacement) {
    return names(
        "commit",
        call -> {
          List<Change> changes = call.arg(2);
          return call.proceed(call.arg(0), call.arg(1), changes.stream().map(replacement).toList());
        });
  }

  private static UnaryOperator<RegistryStore> dropping(Class<? extends Change> kind) {
    return changing(change -> kind.isInstance(change) ? NOTHING : change);
  }

  private static Tag lower(Tag tag) {
    return Tag.parse(tag.value().toLowerCase(Locale.ROOT));
  }

  private static boolean points(RegistryStore store, Tag tag, Digest target) throws IOException {
    return store
        .repositories()
        .tag(Samples.APP, tag)
        .map(record -> record.target().equals(target))
        .orElse(false);
  }
}
