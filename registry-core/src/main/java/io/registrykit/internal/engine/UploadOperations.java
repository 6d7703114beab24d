package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRepository;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.Query;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pushes blobs: in one request, in two, in pieces, or not at all because another repository has
 * them. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs">OCI
 *     distribution-spec, pushing blobs</a>
 */
final class UploadOperations {
  private static final String COLLECTION = "/v2/{name}/blobs/uploads/";
  private static final String SESSION = "/v2/{name}/blobs/uploads/{id}";
  private static final Needs PUSH = Needs.of(Action.PULL, Action.PUSH);

  private final long maxBlobBytes;

  UploadOperations(long maxBlobBytes) {
    this.maxBlobBytes = maxBlobBytes;
  }

  List<Route> routes() {
    return List.of(
        route("POST", COLLECTION, "Start an upload, push a whole blob, or mount one", this::start),
        route("POST", "/v2/{name}/blobs/uploads", "The same", this::start),
        route("GET", SESSION, "Look how far an upload is", this::status),
        route("PATCH", SESSION, "Send a piece of a blob", this::append),
        route("PUT", SESSION, "Send the last piece and finish the blob", this::finish),
        route("DELETE", SESSION, "Cancel an upload", this::cancel));
  }

  private static Route route(String method, String path, String summary, Operation operation) {
    return new Route(method, path, PUSH, OperationKind.WRITE, summary, operation);
  }

  private ApiResponse start(Call call) throws IOException {
    Query query = call.request().query();
    Optional<Digest> mount = query.first("mount").flatMap(UploadOperations::digestIfValid);
    if (mount.isPresent()
        && BlobMounts.mount(call, mount.get(), query.first("from").orElse(null))) {
      return created(call.name(), mount.get());
    }
    Optional<String> digest = query.first("digest");
    if (digest.isPresent()) {
      return pushWhole(call, References.digest(digest.get()));
    }
    DigestAlgorithm algorithm =
        query
            .first("digest-algorithm")
            .map(References::algorithm)
            .orElseGet(() -> mount.map(Digest::algorithm).orElse(DigestAlgorithm.SHA256));
    try (BlobUpload upload = call.repository().startUpload(algorithm)) {
      return session(202, call.name(), upload.id(), upload.size()).empty();
    }
  }

  private static Optional<Digest> digestIfValid(String text) {
    try {
      return Optional.of(Digest.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private ApiResponse pushWhole(Call call, Digest digest) throws IOException {
    EmbeddedRepository repository = call.repository();
    try (BlobUpload upload = repository.startUpload(digest.algorithm())) {
      try {
        UploadPiece.read(call.request(), upload.size(), maxBlobBytes).appendTo(upload);
        repository.finishUpload(upload, digest);
      } catch (IOException | RuntimeException e) {
        upload.abort();
        throw e;
      }
    }
    return created(call.name(), digest);
  }

  private ApiResponse status(Call call) {
    UploadStatus status = call.repository().uploadStatus(id(call));
    return session(204, call.name(), status.id(), status.size()).empty();
  }

  private ApiResponse append(Call call) throws IOException {
    try (BlobUpload upload = call.repository().resumeUpload(id(call))) {
      UploadPiece piece = UploadPiece.read(call.request(), upload.size(), maxBlobBytes);
      if (!piece.startsAt(upload.size())) {
        return outOfOrder(call, upload);
      }
      piece.appendTo(upload);
      return session(202, call.name(), upload.id(), upload.size()).empty();
    }
  }

  private ApiResponse finish(Call call) throws IOException {
    ApiRequest request = call.request();
    Digest digest =
        References.digest(
            request
                .query()
                .first("digest")
                .orElseThrow(
                    () ->
                        new InvalidContentException(
                            ErrorCode.DIGEST_INVALID, "the digest parameter is missing")));
    EmbeddedRepository repository = call.repository();
    try (BlobUpload upload = repository.resumeUpload(id(call))) {
      long before = upload.size();
      // Without a body there is no piece, whatever range some clients put on the last request.
      if (request.contentLength() != 0) {
        UploadPiece piece = UploadPiece.read(request, before, maxBlobBytes);
        if (!piece.startsAt(before)) {
          return outOfOrder(call, upload);
        }
        piece.appendTo(upload);
      }
      try {
        repository.finishUpload(upload, digest);
      } catch (InvalidContentException e) {
        // The client may send the piece again, with another digest; it must not be there twice.
        upload.truncate(before);
        throw e;
      }
    }
    return created(call.name(), digest);
  }

  private ApiResponse cancel(Call call) throws IOException {
    try (BlobUpload upload = call.repository().resumeUpload(id(call))) {
      upload.abort();
    }
    return Reply.status(204).empty();
  }

  private static UploadId id(Call call) {
    try {
      return UploadId.parse(call.parameter());
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(
          ErrorCode.BLOB_UPLOAD_UNKNOWN, ErrorCode.BLOB_UPLOAD_UNKNOWN.defaultMessage());
    }
  }

  private static ApiResponse outOfOrder(Call call, BlobUpload upload) {
    return ErrorBody.of(
        session(416, call.name(), upload.id(), upload.size()),
        ErrorCode.BLOB_UPLOAD_INVALID,
        "the piece does not start where the upload ends",
        Map.of("size", Long.toString(upload.size())));
  }

  /** An empty upload shows the range of one byte, because the header has no way to say nothing. */
  private static Reply session(int status, RepositoryName name, UploadId id, long size) {
    String text = id.toString();
    return Reply.status(status)
        .header(HeaderNames.LOCATION, "/v2/" + name + "/blobs/uploads/" + text)
        .header(HeaderNames.RANGE, "0-" + Math.max(0, size - 1))
        .header(HeaderNames.UPLOAD_ID, text);
  }

  private static ApiResponse created(RepositoryName name, Digest digest) {
    String text = digest.toString();
    return Reply.status(201)
        .header(HeaderNames.LOCATION, "/v2/" + name + "/blobs/" + text)
        .header(HeaderNames.CONTENT_DIGEST, text)
        .empty();
  }
}
