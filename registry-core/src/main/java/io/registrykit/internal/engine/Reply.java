package io.registrykit.internal.engine;

import io.registrykit.api.ApiResponse;
import io.registrykit.api.Body;
import io.registrykit.api.Headers;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;

/** Builds a response. Not safe for use by several threads at once. */
public final class Reply {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final Body EMPTY = new Body.Empty();

  private final int status;
  private final Headers.Builder headers = Headers.builder();

  private Reply(int status) {
    this.status = status;
    headers.add(HeaderNames.API_VERSION, "registry/2.0");
  }

  /**
   * Starts a response.
   *
   * @param status 200 to 599
   * @return a builder with the headers that every response has
   */
  public static Reply status(int status) {
    return new Reply(status);
  }

  /**
   * Adds a header.
   *
   * @param name its name
   * @param value one value
   * @return this builder
   */
  public Reply header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** Names the content: its digest and, which is the same in other words, its entity tag. */
  Reply identity(Digest digest) {
    String text = digest.toString();
    headers.add(HeaderNames.CONTENT_DIGEST, text);
    headers.add(HeaderNames.ETAG, EntityTag.of(text));
    return this;
  }

  /**
   * Ends the response without a body.
   *
   * @return the response
   */
  public ApiResponse empty() {
    if (status != NO_CONTENT && status != NOT_MODIFIED) {
      headers.add(HeaderNames.CONTENT_LENGTH, "0");
    }
    return new ApiResponse(status, headers.build(), EMPTY);
  }

  /** Ends the response to {@code HEAD}: the length of a body that does not follow. */
  ApiResponse bodiless(String contentType, long length) {
    return body(contentType, length, EMPTY);
  }

  /**
   * Ends the response with JSON.
   *
   * @param json the document
   * @return the response
   */
  public ApiResponse json(Bytes json) {
    return bytes("application/json", json);
  }

  /**
   * Ends the response with bytes.
   *
   * @param contentType their type
   * @param bytes the bytes
   * @return the response
   */
  public ApiResponse bytes(String contentType, Bytes bytes) {
    return body(contentType, bytes.length(), new Body.Inline(bytes));
  }

  /** Ends the response with a body of any kind, which the response owns from here on. */
  ApiResponse body(String contentType, Body body) {
    return body(contentType, body.length(), body);
  }

  private ApiResponse body(String contentType, long length, Body body) {
    headers.add(HeaderNames.CONTENT_TYPE, contentType);
    headers.add(HeaderNames.CONTENT_LENGTH, Long.toString(length));
    return new ApiResponse(status, headers.build(), body);
  }
}
