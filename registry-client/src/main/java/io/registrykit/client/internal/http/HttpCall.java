package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request to make. Immutable, but for its body.
 *
 * @param method the method in upper case
 * @param uri where to
 * @param headers the headers, without those that say who asks
 * @param body what to send, or null
 * @param repeatable whether the request does the same when it is made twice
 * @param limits how long it may take and who may stop it
 */
public record HttpCall(
    String method,
    URI uri,
    Headers headers,
    @Nullable HttpBody body,
    boolean repeatable,
    CallLimits limits) {

  /**
   * A request without a body that can be repeated.
   *
   * @param method the method in upper case
   * @param uri where to
   * @param limits how long it may take and who may stop it
   * @return the request
   */
  public static HttpCall of(String method, URI uri, CallLimits limits) {
    return new HttpCall(method, uri, Headers.empty(), null, true, limits);
  }

  /**
   * The same with other headers.
   *
   * @param newHeaders the headers
   * @return a copy
   */
  public HttpCall withHeaders(Headers newHeaders) {
    return new HttpCall(method, uri, newHeaders, body, repeatable, limits);
  }

  /**
   * The same with a body.
   *
   * @param newBody what to send
   * @return a copy
   */
  public HttpCall withBody(HttpBody newBody) {
    return new HttpCall(method, uri, headers, newBody, repeatable, limits);
  }

  /**
   * The same to another place.
   *
   * @param newUri where to
   * @return a copy
   */
  public HttpCall withUri(URI newUri) {
    return new HttpCall(method, newUri, headers, body, repeatable, limits);
  }

  /**
   * The same, never to be repeated as it is.
   *
   * @return a copy
   */
  public HttpCall once() {
    return new HttpCall(method, uri, headers, body, false, limits);
  }

  /** Method and path, because a query may hold a secret. */
  @Override
  public String toString() {
    return method + " " + uri.getRawPath();
  }
}
