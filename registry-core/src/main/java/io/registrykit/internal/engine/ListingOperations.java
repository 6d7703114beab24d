package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.ApiResponse;
import io.registrykit.error.ErrorCode;
import io.registrykit.internal.json.WireJson;
import io.registrykit.model.Bytes;
import io.registrykit.model.Page;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import io.registrykit.spi.auth.Action;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists tags and repositories, and says that this is a registry. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags">OCI
 *     distribution-spec, listing tags</a>
 */
final class ListingOperations {
  private static final String CATALOG = "/v2/_catalog";
  private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

  private final int maxPageEntries;
  private final ListDocuments documents = new ListDocuments();

  ListingOperations(RegistryPolicy policy) {
    this.maxPageEntries = policy.maxPageEntries();
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            "/v2/",
            Needs.signIn(),
            OperationKind.READ,
            "Ask whether this is a registry, and sign in",
            this::ping),
        new Route("GET", "/v2", Needs.signIn(), OperationKind.READ, "The same", this::ping),
        new Route(
            "GET",
            "/v2/{name}/tags/list",
            Needs.of(Action.PULL),
            OperationKind.READ,
            "List tags, in pages of `n` behind `last`",
            this::tags),
        new Route(
            "GET",
            CATALOG,
            Needs.of(Action.CATALOG),
            OperationKind.READ,
            "List repositories, in pages of `n` behind `last`",
            this::catalog));
  }

  private ApiResponse ping(Call call) {
    return Reply.status(200).json(EMPTY_OBJECT);
  }

  private ApiResponse tags(Call call) {
    PageParameters wanted = PageParameters.read(call.request().query(), maxPageEntries);
    RepositoryName name = call.name();
    ListDocuments.Document listed =
        documents.get(
            name, wanted, call.repository().version(), () -> readTags(call.repository(), wanted));
    if (listed.isEmpty() && !call.repository().exists()) {
      return ErrorBody.of(ErrorCode.NAME_UNKNOWN, Map.of("name", name.value()));
    }
    Reply reply = Reply.status(200);
    link(reply, "/v2/" + name + "/tags/list", wanted, listed.next());
    return reply.json(listed.bytes());
  }

  private ApiResponse catalog(Call call) {
    PageParameters wanted = PageParameters.read(call.request().query(), maxPageEntries);
    ListDocuments.Document listed =
        documents.get(
            null,
            wanted,
            call.registry().catalogVersion(),
            () -> readCatalog(call.registry(), wanted));
    Reply reply = Reply.status(200);
    link(reply, CATALOG, wanted, listed.next());
    return reply.json(listed.bytes());
  }

  private static ListDocuments.Document readTags(
      EmbeddedRepository repository, PageParameters wanted) {
    Page<Tag> page = wanted.isNone() ? Page.empty() : repository.tags(wanted.request());
    return new ListDocuments.Document(
        WireJson.tags(repository.name(), page.items()), page.items().isEmpty(), page.next());
  }

  private static ListDocuments.Document readCatalog(
      EmbeddedRegistry registry, PageParameters wanted) {
    Page<RepositoryName> page =
        wanted.isNone() ? Page.empty() : registry.repositories(wanted.request());
    return new ListDocuments.Document(
        WireJson.catalog(page.items()), page.items().isEmpty(), page.next());
  }

  private static void link(Reply reply, String path, PageParameters wanted, @Nullable String next) {
    if (next != null) {
      reply.header(
          HeaderNames.LINK,
          LinkHeader.to(path)
              .with("n", Integer.toString(wanted.limit()))
              .with("last", next)
              .next());
    }
  }
}
