package io.registrykit.client.internal.endpoint;

import io.registrykit.api.Headers;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls about blobs, but for uploads. Immutable. */
public final class BlobEndpoints {
  private final Context context;

  /**
   * The calls for one repository.
   *
   * @param context the repository
   */
  public BlobEndpoints(Context context) {
    this.context = context;
  }

  /**
   * Opens a blob; the request for its first byte is on its way when this returns.
   *
   * @param digest the blob
   * @return empty when there is none
   */
  public Optional<BlobContent> open(Digest digest) {
    return context.call(
        limits -> {
          HttpReply reply = get(digest, 0, limits);
          if (reply.status() == 404) {
            reply.close();
            return Optional.empty();
          }
          if (reply.status() != 200) {
            throw context.failure(Answer.of(reply));
          }
          OptionalLong size = reply.contentLength();
          if (size.isEmpty()) {
            reply.abandon();
            size = size(digest, limits);
            if (size.isEmpty()) {
              throw new BackendException(
                  ErrorCode.UNKNOWN, "the registry does not say how long the blob is", null);
            }
            return Optional.of(new RemoteBlob(this, context, digest, size.getAsLong(), null));
          }
          return Optional.of(new RemoteBlob(this, context, digest, size.getAsLong(), reply));
        });
  }

  /** Asks for a blob from a byte on. */
  HttpReply get(Digest digest, long offset, CallLimits limits) throws IOException {
    HttpCall call = HttpCall.of("GET", uri(digest), limits);
    if (offset > 0) {
      call = call.withHeaders(Headers.of("Range", "bytes=" + offset + "-"));
    }
    return context.transport().send(call, Scopes.pull(context.repository()));
  }

  /**
   * Looks at a blob.
   *
   * @param digest the blob
   * @return its length, or empty when there is none
   */
  public OptionalLong size(Digest digest) {
    return context.call(limits -> size(digest, limits));
  }

  private OptionalLong size(Digest digest, CallLimits limits) throws IOException {
    Answer answer =
        context.answer(HttpCall.of("HEAD", uri(digest), limits), Scopes.pull(context.repository()));
    if (answer.status() == 404) {
      return OptionalLong.empty();
    }
    String length = answer.headers().first("Content-Length").orElse("");
    if (answer.status() == 200 && length.matches("[0-9]{1,18}")) {
      return OptionalLong.of(Long.parseLong(length));
    }
    if (answer.status() != 200 && answer.status() != 405) {
      throw context.failure(answer);
    }
    HttpReply reply = get(digest, 0, limits);
    OptionalLong size = reply.status() == 200 ? reply.contentLength() : OptionalLong.empty();
    reply.abandon();
    if (size.isEmpty() && reply.status() != 404) {
      throw new BackendException(
          ErrorCode.UNKNOWN, "the registry does not say how long the blob is", null);
    }
    return size;
  }

  /**
   * Has a blob mounted.
   *
   * @param digest the blob
   * @param from the repository that has it
   * @return false when the registry does not do it
   */
  public boolean mount(Digest digest, RepositoryName from) {
    return context.call(
        limits -> {
          URI uri = context.uri("/blobs/uploads/?mount=" + digest + "&from=" + from);
          Scopes scopes = Scopes.push(context.repository()).and(Scopes.pull(from));
          Answer answer =
              context.answer(
                  HttpCall.of("POST", uri, limits).withBody(HttpBody.of(Bytes.empty())), scopes);
          if (answer.status() == 201) {
            return true;
          }
          Optional<URI> session = answer.location();
          if (answer.status() == 202
              && session.isPresent()
              && context.transport().policy().trusts(session.get())) {
            cancel(session.get(), limits);
          }
          if (answer.status() == 202 || (answer.status() >= 400 && answer.status() <= 405)) {
            return false;
          }
          throw context.failure(answer);
        });
  }

  /** Takes back a session that nobody asked for. */
  private void cancel(URI session, CallLimits limits) {
    try {
      context.answer(
          HttpCall.of("DELETE", session, limits).once(), Scopes.push(context.repository()));
    } catch (IOException e) {
      // The session goes away by itself in time.
    }
  }

  /**
   * Deletes a blob.
   *
   * @param digest the blob
   */
  public void delete(Digest digest) {
    context.call(
        limits -> {
          Answer answer =
              context.answer(
                  HttpCall.of("DELETE", uri(digest), limits), Scopes.delete(context.repository()));
          Deletion.check(context, answer);
          return true;
        });
  }

  private URI uri(Digest digest) {
    return context.uri("/blobs/" + digest);
  }
}
