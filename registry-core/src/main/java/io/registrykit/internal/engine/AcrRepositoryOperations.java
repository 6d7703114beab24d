package io.registrykit.internal.engine;

import io.registrykit.api.ApiResponse;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Page;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Action;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Lists, shows, locks and deletes repositories. Thread-safe. */
final class AcrRepositoryOperations {
  private static final String CATALOG = "/acr/v1/_catalog";
  private static final String REPOSITORY = "/acr/v1/{name}";

  private final AcrPaging paging;
  private final AcrDocuments documents;

  AcrRepositoryOperations(AcrPaging paging, AcrDocuments documents) {
    this.paging = paging;
    this.documents = documents;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            CATALOG,
            Needs.of(Action.CATALOG),
            OperationKind.READ,
            "List repositories, in pages of `n` behind `last`",
            this::catalog),
        new Route(
            "GET",
            REPOSITORY,
            Needs.of(Action.METADATA_READ),
            OperationKind.READ,
            "Show times, counts and locks of a repository",
            this::show),
        new Route(
            "PATCH",
            REPOSITORY,
            Needs.of(Action.METADATA_WRITE),
            OperationKind.WRITE,
            "Change the locks of a repository",
            this::patch),
        new Route(
            "DELETE",
            REPOSITORY,
            Needs.of(Action.DELETE),
            OperationKind.WRITE,
            "Delete a repository with all that is in it",
            this::delete));
  }

  private ApiResponse catalog(Call call) {
    AcrPaging.Wanted wanted = paging.read(call.request().query());
    Page<RepositoryName> page = call.registry().repositories(wanted.byName());
    Reply reply = Reply.status(200);
    String next = page.next();
    LinkHeader link = next == null ? null : wanted.link(CATALOG, next);
    if (link != null) {
      reply.header(HeaderNames.LINK, link.next());
    }
    return reply.json(documents.catalog(page.items(), link == null ? null : link.target()));
  }

  private ApiResponse show(Call call) {
    return call.repository()
        .record()
        .map(record -> Reply.status(200).json(documents.repository(call, record)))
        .orElseGet(() -> unknown(call));
  }

  private ApiResponse patch(Call call) throws IOException {
    AttributePatch patch = AttributePatch.read(call);
    call.repository().changeAttributes(null, patch::apply);
    return show(call);
  }

  private ApiResponse delete(Call call) {
    return Reply.status(202).json(documents.deleted(call.repository().delete()));
  }

  static ApiResponse unknown(Call call) {
    return ErrorBody.of(ErrorCode.NAME_UNKNOWN, Map.of("name", call.name().value()));
  }
}
