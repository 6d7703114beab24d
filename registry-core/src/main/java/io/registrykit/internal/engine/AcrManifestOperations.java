package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.ApiResponse;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.store.ManifestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists, shows and locks manifests. Thread-safe. */
final class AcrManifestOperations {
  private static final String MANIFESTS = "/acr/v1/{name}/_manifests";
  private static final String MANIFEST = MANIFESTS + "/{digest}";

  private static final TimeOrder<ManifestRecord> BY_TIME =
      new TimeOrder<>(record -> record.digest().toString(), ManifestRecord::updatedAt);

  private final ImageFacts facts;
  private final AcrPaging paging;
  private final AcrDocuments documents;

  AcrManifestOperations(RegistryPolicy policy, AcrPaging paging, AcrDocuments documents) {
    this.facts = new ImageFacts(policy);
    this.paging = paging;
    this.documents = documents;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            MANIFESTS,
            Needs.of(Action.METADATA_READ),
            OperationKind.READ,
            "List manifests, by digest or `orderby` time",
            this::list),
        new Route(
            "GET",
            MANIFEST,
            Needs.of(Action.METADATA_READ),
            OperationKind.READ,
            "Show tags, sizes, platform, times and locks of a manifest",
            this::show),
        new Route(
            "PATCH",
            MANIFEST,
            Needs.of(Action.METADATA_WRITE),
            OperationKind.WRITE,
            "Change the locks of a manifest",
            this::patch));
  }

  private ApiResponse list(Call call) throws IOException {
    EmbeddedRepository repository = call.repository();
    AcrPaging.Wanted wanted = paging.read(call.request().query());
    Page<ManifestRecord> page =
        wanted.order() == AcrPaging.Order.NAME
            ? repository.manifestRecords(wanted.byName())
            : BY_TIME.read(wanted, repository::manifestRecords);
    if (page.items().isEmpty() && !repository.exists()) {
      return AcrRepositoryOperations.unknown(call);
    }
    List<AcrManifest> manifests = new ArrayList<>();
    for (ManifestRecord record : page.items()) {
      facts.of(repository, record.digest()).ifPresent(manifests::add);
    }
    Reply reply = Reply.status(200);
    String target = null;
    String next = page.next();
    if (next != null) {
      LinkHeader link = wanted.link("/acr/v1/" + call.name() + "/_manifests", next);
      if (wanted.order() != AcrPaging.Order.NAME) {
        AcrPaging.withTime(link, page.items().get(page.items().size() - 1).updatedAt());
      }
      reply.header(HeaderNames.LINK, link.next());
      target = link.target();
    }
    return reply.json(documents.manifests(call, manifests, target));
  }

  private ApiResponse show(Call call) throws IOException {
    Digest digest = References.digest(call.parameter());
    return facts
        .of(call.repository(), digest)
        .map(manifest -> Reply.status(200).json(documents.manifest(call, manifest)))
        .orElseGet(() -> AcrTagOperations.unknown(call));
  }

  private ApiResponse patch(Call call) throws IOException {
    AttributePatch patch = AttributePatch.read(call);
    call.repository().changeAttributes(References.digest(call.parameter()), patch::apply);
    return show(call);
  }
}
