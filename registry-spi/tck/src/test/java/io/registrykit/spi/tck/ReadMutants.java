package io.registrykit.spi.tck;

import static io.registrykit.spi.tck.Tampering.names;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.ManifestRecord;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.spi.store.RepositoryRecord;
import io.registrykit.spi.store.StoredManifest;
import io.registrykit.spi.tck.Tampering.Tamper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Stores that read names wrong. */
final class ReadMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "takes every repository for one, for links",
              names("blobLink", call -> call.proceed(Samples.APP, call.arg(1))),
              "Links.makesABlobKnownInOneRepositoryAlone"),
          Mutant.of(
              "takes every repository for one, for manifests",
              names("manifest", call -> call.proceed(Samples.APP, call.arg(1))),
              "Manifests.isKnownInOneRepositoryAlone"),
          Mutant.of(
              "takes every repository for one, for referrers",
              names("referrers", call -> call.proceed(Samples.OTHER, call.arg(1), call.arg(2))),
              "Referrers.areOfOneRepositoryAlone",
              "Referrers.showTheirTypeAndAnnotations"),
          Mutant.of(
              "writes media types anew",
              names("manifest", manifest(ReadMutants::lowerCase)),
              "Manifests.readsBackByteForByte"),
          Mutant.of(
              "knows manifests by SHA-256 alone",
              names(
                  "manifest",
                  call ->
                      call.<Digest>arg(1).algorithm() == DigestAlgorithm.SHA256
                          ? call.proceed()
                          : Optional.empty()),
              "Manifests.readsBackUnderSha512"),
          Mutant.of(
              "forgets what a manifest needs",
              names("manifests", records(ReadMutants::withoutBlobs)),
              "Manifests.keepsWhatIsKnown"),
          Mutant.of(
              "sorts annotations",
              names("manifest", manifest(ReadMutants::sortedAnnotations)),
              "Manifests.keepsTheOrderOfAnnotations"),
          Mutant.of(
              "knows referrers of what is there",
              store ->
                  names(
                          "referrers",
                          call ->
                              store.repositories().manifest(call.arg(0), call.arg(1)).isEmpty()
                                  ? Page.empty()
                                  : call.proceed())
                      .apply(store),
              "Referrers.areListedWhetherTheSubjectIsThereOrNot"),
          Mutant.of(
              "lists referrers twice",
              names("referrers", call -> twice((Page<?>) call.proceed())),
              "Referrers.areListedOnceHoweverOftenTheyArePushed"),
          Mutant.of(
              "shows no locks of referrers",
              names("referrers", records(record -> with(record, Attributes.UNLOCKED))),
              "Referrers.showTheirLocks"),
          Mutant.of(
              "lists tags of a manifest in another order",
              names("tagsOf", call -> reversed((List<?>) call.proceed())),
              "Tags.isListedWithItsManifest",
              "Tags.ofOneCommitAreAllSet"),
          Mutant.of(
              "has no repository without a manifest",
              names(
                  "repository",
                  call ->
                      ((Optional<?>) call.proceed())
                          .filter(found -> ((RepositoryRecord) found).manifests() > 0)),
              "Commits.keepsARepositoryThatHasNothingLeft"),
          Mutant.of(
              "has another order of events",
              names("pendingEvents", call -> reversed((List<?>) call.proceed())),
              "Events.waitInTheOrderOfTheirCommits",
              "Events.waitInTheOrderOfTheRepositories"),
          Mutant.of(
              "tells events twice",
              names(
                  "pendingEvents",
                  call -> {
                    List<Object> events = new ArrayList<>((List<?>) call.proceed());
                    events.addAll(List.copyOf(events));
                    return events;
                  }),
              "Events.waitOnceHoweverOftenTheyArePublished"),
          Mutant.of(
              "hears no acknowledgement",
              names("acknowledgeEvents", call -> null),
              "Events.goWhenTheyAreAcknowledged"),
          Mutant.of(
              "lists repositories that are locked against it",
              store ->
                  names(
                          "listedRepositories",
                          call -> store.repositories().repositories(call.arg(0)))
                      .apply(store),
              "Locks.leaveARepositoryOutOfWhatIsListedAndNotOutOfAll"),
          Mutant.of(
              "numbers every state of a repository alike",
              names("version", call -> OptionalLong.of(1)),
              "Locks.numberAnotherStateOtherwise"),
          Mutant.of(
              "numbers every catalog alike",
              names("catalogVersion", call -> OptionalLong.of(1)),
              "Locks.numberAnotherStateOtherwise"),
          reversing("repositories", "Paging.listsRepositories"),
          reversing("tags", "Paging.listsTags"),
          reversing("manifests", "Paging.listsManifestsOfBothAlgorithms"),
          reversing("blobLinks", "Paging.listsLinks"),
          reversing("referrers", "Paging.listsReferrers"),
          Mutant.of(
              "promises a page behind the last",
              names(
                  "tags",
                  call -> {
                    Page<?> page = (Page<?>) call.proceed();
                    PageRequest request = call.arg(1);
                    boolean full = page.items().size() == request.limit();
                    return full && page.next() == null ? new Page<>(page.items(), "~") : page;
                  }),
              "Paging.listsTags"),
          Mutant.of(
              "skips an entry between pages",
              names(
                  "tags",
                  call -> {
                    PageRequest request = call.arg(1);
                    int limit = request.limit();
                    PageRequest more = new PageRequest(limit + 1, request.after());
                    Page<?> page = (Page<?>) call.proceed(call.arg(0), more);
                    return page.next() == null
                        ? call.proceed()
                        : new Page<>(page.items().subList(0, limit), page.next());
                  }),
              "Paging.listsTags",
              "Readers.skipsNoEntryThatWasThereThroughout"),
          Mutant.of(
              "starts behind what exists alone",
              ReadMutants::startingOver,
              "Paging.startsBehindAnEntryThatNeedNotExist",
              "Paging.goesOnBehindAnEntryThatWasDeletedMeanwhile"),
          Mutant.of(
              "starts behind valid tags alone",
              names(
                  "tags",
                  call -> {
                    PageRequest request = call.arg(1);
                    if (request.after() != null) {
                      Tag.parse(request.after());
                    }
                    return call.proceed();
                  }),
              "Paging.startsBehindTextThatIsNoEntryAtAll"),
          Mutant.of(
              "fails where nothing is",
              store ->
                  names(
                          "tags",
                          call -> {
                            if (store.repositories().repository(call.arg(0)).isEmpty()) {
                              throw new NotFoundException(ErrorCode.NAME_UNKNOWN, "no such");
                            }
                            return call.proceed();
                          })
                      .apply(store),
              "Paging.listsNothingWhereNothingIs"));

  private ReadMutants() {}

  private static Mutant reversing(String method, String law) {
    return Mutant.of(
        "turns pages around: " + method,
        names(
            method,
            call -> {
              Page<?> page = (Page<?>) call.proceed();
              return new Page<>(reversed(page.items()), page.next());
            }),
        law);
  }

  private static RegistryStore startingOver(RegistryStore store) {
    return names(
            "tags",
            call -> {
              PageRequest request = call.arg(1);
              boolean known =
                  request.after() == null
                      || store
                          .repositories()
                          .tag(call.arg(0), Tag.parse(request.after()))
                          .isPresent();
              return known
                  ? call.proceed()
                  : call.proceed(call.arg(0), PageRequest.first(request.limit()));
            })
        .apply(store);
  }

  private static List<?> reversed(List<?> list) {
    List<Object> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  private static Page<?> twice(Page<?> page) {
    List<Object> items = new ArrayList<>(page.items());
    items.addAll(page.items());
    return new Page<>(items, page.next());
  }

  private static Tamper manifest(UnaryOperator<StoredManifest> change) {
    return call ->
        ((Optional<?>) call.proceed()).map(found -> change.apply((StoredManifest) found));
  }

  private static Tamper records(UnaryOperator<ManifestRecord> change) {
    return call -> ((Page<?>) call.proceed()).map(found -> change.apply((ManifestRecord) found));
  }

  private static StoredManifest lowerCase(StoredManifest manifest) {
    String type = manifest.raw().mediaType().value().toLowerCase(Locale.ROOT);
    RawManifest raw =
        new RawManifest(MediaType.parse(type), manifest.raw().digest(), manifest.raw().content());
    return new StoredManifest(raw, manifest.record());
  }

  private static StoredManifest sortedAnnotations(StoredManifest manifest) {
    Descriptor old = manifest.record().descriptor();
    Descriptor sorted =
        new Descriptor(
            old.mediaType(),
            old.digest(),
            old.size(),
            old.artifactType(),
            new TreeMap<>(old.annotations()));
    return new StoredManifest(
        manifest.raw(), with(manifest.record(), sorted, manifest.record().blobs()));
  }

  private static ManifestRecord withoutBlobs(ManifestRecord record) {
    return with(record, record.descriptor(), Set.of());
  }

  private static ManifestRecord with(
      ManifestRecord record, Descriptor descriptor, Set<Digest> blobs) {
    return new ManifestRecord(
        descriptor,
        record.subject(),
        blobs,
        record.manifests(),
        record.attributes(),
        record.pushedAt(),
        record.updatedAt());
  }

  private static ManifestRecord with(ManifestRecord record, Attributes attributes) {
    return new ManifestRecord(
        record.descriptor(),
        record.subject(),
        record.blobs(),
        record.manifests(),
        attributes,
        record.pushedAt(),
        record.updatedAt());
  }
}
