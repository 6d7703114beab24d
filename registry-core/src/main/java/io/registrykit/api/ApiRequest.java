package io.registrykit.api;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as the engine sees it. For use by one thread, because of its body.
 *
 * @param method the method in upper case, such as {@code GET}
 * @param rawPath the path as it was sent, still percent-encoded, without the query
 * @param query the query
 * @param headers the headers
 * @param body the body, empty when there is none; the engine reads it once, at most to its end, and
 *     does not close it
 * @param contentLength the declared length of the body in bytes, or -1 when none was declared
 * @param remoteAddress the address of the peer, for limits, or null when it has none
 */
public record ApiRequest(
    String method,
    String rawPath,
    Query query,
    Headers headers,
    InputStream body,
    long contentLength,
    @Nullable String remoteAddress) {

  /** The {@link #contentLength()} of a body whose length was not declared. */
  public static final long UNKNOWN_LENGTH = -1;

  /**
   * A request without headers and body.
   *
   * @param method the method in upper case
   * @param rawTarget path and query, percent-encoded
   * @return the request
   */
  public static ApiRequest of(String method, String rawTarget) {
    int question = rawTarget.indexOf('?');
    String path = question < 0 ? rawTarget : rawTarget.substring(0, question);
    Query query = Query.parse(question < 0 ? null : rawTarget.substring(question + 1));
    return new ApiRequest(
        method, path, query, Headers.empty(), InputStream.nullInputStream(), 0, null);
  }

  /**
   * The same request with other headers.
   *
   * @param newHeaders the headers
   * @return a copy
   */
  public ApiRequest withHeaders(Headers newHeaders) {
    return new ApiRequest(method, rawPath, query, newHeaders, body, contentLength, remoteAddress);
  }

  /**
   * The same request with another body.
   *
   * @param newBody the body
   * @param newContentLength its length in bytes, or {@link #UNKNOWN_LENGTH}
   * @return a copy
   */
  public ApiRequest withBody(InputStream newBody, long newContentLength) {
    return new ApiRequest(
        method, rawPath, query, headers, newBody, newContentLength, remoteAddress);
  }
}
