package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A reply whose body was read, as far as anybody wants it. Immutable.
 *
 * @param uri who sent it
 * @param status the status
 * @param headers the headers
 * @param body the body; empty when it was longer than an error document may be
 * @param attempts how often the request was made
 */
public record Answer(URI uri, int status, Headers headers, Bytes body, int attempts) {
  private static final int MAX_LENGTH = 64 * 1024;

  /**
   * Reads a reply and lets go of its connection.
   *
   * @param reply the reply
   * @return what it said
   */
  public static Answer of(HttpReply reply) {
    try (reply) {
      Bytes body = Bytes.empty();
      try {
        body = reply.read(MAX_LENGTH).orElse(Bytes.empty());
      } catch (IOException e) {
        // The status came whole, and is what counts; its explanation is lost.
      }
      return new Answer(reply.uri(), reply.status(), reply.headers(), body, reply.attempts());
    }
  }

  /**
   * The address in {@code Location}.
   *
   * @return empty when there is none
   * @throws IOException if it is malformed
   */
  public Optional<URI> location() throws IOException {
    Optional<String> location = headers.first("Location").filter(text -> !text.isBlank());
    return location.isEmpty()
        ? Optional.empty()
        : Optional.of(Transport.resolve(uri, location.get()));
  }

  /**
   * What a failure is to the caller.
   *
   * @param pauses understands {@code Retry-After}
   * @return the exception of the right kind
   */
  public RegistryException failure(Pauses pauses) {
    return ErrorReader.exception(this, pauses.retryAfter(headers));
  }
}
