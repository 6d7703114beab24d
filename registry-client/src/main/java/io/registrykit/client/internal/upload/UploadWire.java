package io.registrykit.client.internal.upload;

import io.registrykit.api.Headers;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.client.internal.http.Transport;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The requests of an upload, each made once unless it is harmless. Immutable. */
final class UploadWire {
  private final Transport transport;
  private final RepositoryName repository;
  private final Digest digest;
  private final CallLimits limits;
  private final Scopes scopes;

  UploadWire(Transport transport, RepositoryName repository, Digest digest, CallLimits limits) {
    this.transport = transport;
    this.repository = repository;
    this.digest = digest;
    this.limits = limits;
    this.scopes = Scopes.push(repository);
  }

  Answer head() throws IOException {
    URI uri = transport.uri("/v2/" + repository + "/blobs/" + digest);
    return take(HttpCall.of("HEAD", uri, limits), scopes);
  }

  /** Sent again when it fails: a session too many goes away by itself. */
  Answer start(@Nullable RepositoryName from) throws IOException {
    String mount = from == null ? "" : "?mount=" + digest + "&from=" + from;
    URI uri = transport.uri("/v2/" + repository + "/blobs/uploads/" + mount);
    Scopes needed = from == null ? scopes : scopes.and(Scopes.pull(from));
    return take(HttpCall.of("POST", uri, limits).withBody(HttpBody.of(Bytes.empty())), needed);
  }

  Answer patch(UploadSession session, UploadSource.Piece piece) throws IOException {
    Headers headers =
        Headers.of(
            "Content-Type",
            "application/octet-stream",
            "Content-Range",
            piece.offset() + "-" + (piece.end() - 1));
    return take(
        HttpCall.of("PATCH", session.location(), limits)
            .withHeaders(headers)
            .withBody(piece.body())
            .once(),
        scopes);
  }

  Answer put(UploadSession session, HttpBody body) throws IOException {
    return take(
        HttpCall.of("PUT", withDigest(session.location()), limits)
            .withHeaders(Headers.of("Content-Type", "application/octet-stream"))
            .withBody(body)
            .once(),
        scopes);
  }

  Answer status(UploadSession session) throws IOException {
    return take(HttpCall.of("GET", session.location(), limits), scopes);
  }

  Answer cancel(UploadSession session, CallLimits own) throws IOException {
    return take(HttpCall.of("DELETE", session.location(), own).once(), scopes);
  }

  private Answer take(HttpCall call, Scopes needed) throws IOException {
    return Answer.of(transport.send(call, needed));
  }

  /** The location keeps the query that it came with. */
  private URI withDigest(URI location) {
    String glue = location.getRawQuery() == null ? "?" : "&";
    return URI.create(location + glue + "digest=" + digest);
  }
}
