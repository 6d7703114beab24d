package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.api.ApiResponse;
import io.registrykit.internal.json.WireJson;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.spi.auth.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the manifests that refer to another one, in pages that stay below the size of a manifest.
 * Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">OCI
 *     distribution-spec, listing referrers</a>
 */
final class ReferrerOperations {
  /** The longest list, in bytes: what every client can read as a manifest. */
  static final int MAX_BYTES = 4 * 1000 * 1000;

  /** How many entries are asked of the store at once; each may be as long as a manifest. */
  private static final int BATCH = 100;

  private final int maxPageEntries;

  ReferrerOperations(RegistryPolicy policy) {
    this.maxPageEntries = policy.maxPageEntries();
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            "/v2/{name}/referrers/{digest}",
            Needs.of(Action.PULL),
            OperationKind.READ,
            "List what refers to a manifest, all or of one `artifactType`",
            this::list));
  }

  private ApiResponse list(Call call) {
    Digest subject = References.digest(call.parameter());
    PageParameters wanted = PageParameters.read(call.request().query(), maxPageEntries);
    Optional<String> filter =
        call.request().query().first("artifactType").filter(text -> !text.isEmpty());
    List<Descriptor> entries = new ArrayList<>();
    String next = null;
    MediaType type = filter.map(ReferrerOperations::typeOrNull).orElse(null);
    if (!wanted.isNone() && filter.isPresent() == (type != null)) {
      next = collect(call.repository(), subject, type, wanted, entries);
    }
    Reply reply = Reply.status(200);
    if (filter.isPresent()) {
      reply.header(HeaderNames.FILTERS_APPLIED, "artifactType");
    }
    if (next != null) {
      LinkHeader link =
          LinkHeader.to("/v2/" + call.name() + "/referrers/" + subject)
              .with("n", Integer.toString(wanted.limit()))
              .with("last", next);
      filter.ifPresent(text -> link.with("artifactType", text));
      reply.header(HeaderNames.LINK, link.next());
    }
    return reply.bytes(MediaType.OCI_INDEX.value(), WireJson.index(entries));
  }

  /** A text that is no media type is the type of no artifact, which is not an error here. */
  private static @Nullable MediaType typeOrNull(String text) {
    try {
      return new MediaType(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Fills a page and returns where the next one starts, or null. */
  private static @Nullable String collect(
      EmbeddedRepository repository,
      Digest subject,
      @Nullable MediaType type,
      PageParameters wanted,
      List<Descriptor> entries) {
    String last = wanted.last();
    long bytes = 0;
    while (true) {
      int room = Math.min(BATCH, wanted.limit() - entries.size());
      Page<Descriptor> page = repository.referrers(subject, type, new PageRequest(room, last));
      for (Descriptor entry : page.items()) {
        bytes += JsonLength.of(entry);
        if (bytes > MAX_BYTES && !entries.isEmpty()) {
          return last;
        }
        entries.add(entry);
        last = entry.digest().toString();
      }
      last = page.next();
      if (last == null || entries.size() >= wanted.limit()) {
        return last;
      }
    }
  }
}
