package io.registrykit.internal.engine;

import io.registrykit.api.ApiResponse;
import io.registrykit.api.Body;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.ByteRange;
import io.registrykit.model.Digest;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Pulls and deletes blobs. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs">OCI
 *     distribution-spec, pulling blobs</a>
 */
final class BlobOperations {
  private static final String PATH = "/v2/{name}/blobs/{digest}";
  private static final String OCTET_STREAM = "application/octet-stream";

  /** How long a client may take to begin with what a store's own address serves. */
  private static final Duration LINK_VALIDITY = Duration.ofMinutes(20);

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, Needs.of(Action.PULL), OperationKind.READ, "Pull a blob", this::get),
        new Route(
            "HEAD",
            PATH,
            Needs.of(Action.PULL),
            OperationKind.READ,
            "Look at a blob without pulling it",
            this::head),
        new Route(
            "DELETE",
            PATH,
            Needs.of(Action.DELETE),
            OperationKind.WRITE,
            "Delete a blob from this repository",
            this::delete));
  }

  private ApiResponse head(Call call) {
    Digest digest = References.digest(call.parameter());
    OptionalLong size = call.repository().blobSize(digest);
    if (size.isEmpty()) {
      return unknown(digest);
    }
    return EntityTag.isKnown(call.request().headers(), call.parameter())
        ? Reply.status(304).identity(digest).empty()
        : Reply.status(200)
            .identity(digest)
            .header(HeaderNames.ACCEPT_RANGES, "bytes")
            .bodiless(OCTET_STREAM, size.getAsLong());
  }

  private ApiResponse get(Call call) throws IOException {
    Digest digest = References.digest(call.parameter());
    Optional<BlobContent> found = call.repository().blob(digest);
    if (found.isEmpty()) {
      return unknown(digest);
    }
    BlobContent content = found.get();
    boolean handedOver = false;
    try {
      ApiResponse response = serve(call, digest, content);
      handedOver = response.body() instanceof Body.Blob;
      return response;
    } finally {
      if (!handedOver) {
        content.close();
      }
    }
  }

  private static ApiResponse serve(Call call, Digest digest, BlobContent content) {
    if (EntityTag.isKnown(call.request().headers(), call.parameter())) {
      return Reply.status(304).identity(digest).empty();
    }
    Optional<URI> link = content.directLink(LINK_VALIDITY);
    if (link.isPresent()) {
      return Reply.status(307)
          .identity(digest)
          .header(HeaderNames.LOCATION, link.get().toASCIIString())
          .empty();
    }
    RangeHeader.Selection selection = selection(call, content.size());
    if (selection instanceof RangeHeader.Selection.Part part) {
      return partly(digest, content, part.range());
    } else if (selection instanceof RangeHeader.Selection.Unsatisfiable) {
      return ErrorBody.of(
          Reply.status(416).header(HeaderNames.CONTENT_RANGE, ContentRange.none(content.size())),
          ErrorCode.RANGE_INVALID,
          ErrorCode.RANGE_INVALID.defaultMessage(),
          Map.of());
    }
    return Reply.status(200)
        .identity(digest)
        .header(HeaderNames.ACCEPT_RANGES, "bytes")
        .body(OCTET_STREAM, new Body.Blob(content, ByteRange.whole(content.size())));
  }

  private static RangeHeader.Selection selection(Call call, long size) {
    Optional<String> range = call.request().headers().first(HeaderNames.RANGE);
    return range.isPresent() && EntityTag.allowsRange(call.request().headers(), call.parameter())
        ? RangeHeader.select(range.get(), size)
        : RangeHeader.WHOLE;
  }

  private static ApiResponse partly(Digest digest, BlobContent content, ByteRange range) {
    return Reply.status(206)
        .identity(digest)
        .header(HeaderNames.ACCEPT_RANGES, "bytes")
        .header(HeaderNames.CONTENT_RANGE, ContentRange.of(range, content.size()))
        .body(OCTET_STREAM, new Body.Blob(content, range));
  }

  private ApiResponse delete(Call call) {
    call.repository().deleteBlob(References.digest(call.parameter()));
    return Reply.status(202).empty();
  }

  private static ApiResponse unknown(Digest digest) {
    return ErrorBody.of(ErrorCode.BLOB_UNKNOWN, Map.of("digest", digest.toString()));
  }
}
