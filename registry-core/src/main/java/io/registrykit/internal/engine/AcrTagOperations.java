package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRepository;
import io.registrykit.api.ApiResponse;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Digest;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.store.Attributes;
import io.registrykit.spi.store.TagRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists, shows, locks and deletes tags. Thread-safe. */
final class AcrTagOperations {
  private static final String TAGS = "/acr/v1/{name}/_tags";
  private static final String TAG = TAGS + "/{reference}";

  private static final TimeOrder<TagRecord> BY_TIME =
      new TimeOrder<>(record -> record.tag().value(), TagRecord::updatedAt);

  private final AcrPaging paging;
  private final AcrDocuments documents;

  AcrTagOperations(AcrPaging paging, AcrDocuments documents) {
    this.paging = paging;
    this.documents = documents;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            TAGS,
            Needs.of(Action.METADATA_READ),
            OperationKind.READ,
            "List tags, by name or `orderby` time, of one `digest` or all",
            this::list),
        new Route(
            "GET",
            TAG,
            Needs.of(Action.METADATA_READ),
            OperationKind.READ,
            "Show target, times and locks of a tag",
            this::show),
        new Route(
            "PATCH",
            TAG,
            Needs.of(Action.METADATA_WRITE),
            OperationKind.WRITE,
            "Change the locks of a tag",
            this::patch),
        new Route(
            "DELETE",
            TAG,
            Needs.of(Action.DELETE),
            OperationKind.WRITE,
            "Delete a tag and leave its manifest",
            this::delete));
  }

  private ApiResponse list(Call call) {
    EmbeddedRepository repository = call.repository();
    AcrPaging.Wanted wanted = paging.read(call.request().query());
    Optional<String> digest =
        call.request().query().first("digest").filter(text -> !text.isEmpty());
    Page<TagRecord> page =
        digest.isPresent()
            ? ofManifest(repository, References.digest(digest.get()), wanted)
            : page(wanted, repository::tagRecords);
    if (page.items().isEmpty() && !repository.exists()) {
      return AcrRepositoryOperations.unknown(call);
    }
    LinkHeader link = link(call, wanted, page, digest.orElse(null));
    Reply reply = Reply.status(200);
    if (link != null) {
      reply.header(HeaderNames.LINK, link.next());
    }
    return reply.json(documents.tags(call, page.items(), link == null ? null : link.target()));
  }

  private static Page<TagRecord> page(
      AcrPaging.Wanted wanted, Function<PageRequest, Page<TagRecord>> source) {
    return wanted.order() == AcrPaging.Order.NAME
        ? source.apply(wanted.byName())
        : BY_TIME.read(wanted, source);
  }

  /** The tags of one manifest are few, and are looked up one by one. */
  private static Page<TagRecord> ofManifest(
      EmbeddedRepository repository, Digest digest, AcrPaging.Wanted wanted) {
    List<TagRecord> records = new ArrayList<>();
    for (Tag tag : repository.tagsOf(digest)) {
      repository
          .tagRecord(tag)
          .filter(record -> record.attributes().allows(Attributes.Use.LIST))
          .filter(record -> record.target().equals(digest))
          .ifPresent(records::add);
    }
    return page(wanted, request -> cut(records, request));
  }

  private static Page<TagRecord> cut(List<TagRecord> sorted, PageRequest request) {
    String after = request.after();
    List<TagRecord> rest =
        sorted.stream()
            .filter(record -> after == null || record.tag().value().compareTo(after) > 0)
            .toList();
    boolean more = rest.size() > request.limit();
    List<TagRecord> items = more ? rest.subList(0, request.limit()) : rest;
    return new Page<>(items, more ? items.get(items.size() - 1).tag().value() : null);
  }

  private static @Nullable LinkHeader link(
      Call call, AcrPaging.Wanted wanted, Page<TagRecord> page, @Nullable String digest) {
    String next = page.next();
    if (next == null) {
      return null;
    }
    LinkHeader link = wanted.link("/acr/v1/" + call.name() + "/_tags", next);
    if (digest != null) {
      link.with("digest", digest);
    }
    return wanted.order() == AcrPaging.Order.NAME
        ? link
        : AcrPaging.withTime(link, page.items().get(page.items().size() - 1).updatedAt());
  }

  private ApiResponse show(Call call) {
    return call.repository()
        .tagRecord(References.tag(call.parameter()))
        .map(record -> Reply.status(200).json(documents.tag(call, record)))
        .orElseGet(() -> unknown(call));
  }

  private ApiResponse patch(Call call) throws IOException {
    AttributePatch patch = AttributePatch.read(call);
    call.repository().changeAttributes(References.tag(call.parameter()), patch::apply);
    return show(call);
  }

  private ApiResponse delete(Call call) {
    call.repository().deleteTag(References.tag(call.parameter()));
    return Reply.status(202).empty();
  }

  static ApiResponse unknown(Call call) {
    return ErrorBody.of(ErrorCode.MANIFEST_UNKNOWN, Map.of("reference", call.parameter()));
  }
}
