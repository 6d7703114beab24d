package io.registrykit.internal.engine;

import io.registrykit.api.ApiRequest;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.error.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The body of a request, counted while it passes. A server may end a body early when the peer goes
 * away, and may pass on a declared length that is nonsense; so the end of the stream is the end of
 * the content only when the count agrees. For use by one thread.
 */
final class RequestBody extends InputStream {
  private final InputStream in;
  private final long expected;
  private final long limit;
  private long count;

  private RequestBody(InputStream in, long expected, long limit) {
    this.in = in;
    this.expected = expected;
    this.limit = limit;
  }

  /**
   * Wraps the body of a request.
   *
   * @param request the request
   * @param expected how many bytes it must have, or {@link ApiRequest#UNKNOWN_LENGTH}
   * @param limit how many it may have at most
   * @return the body
   * @throws LimitException if more are declared than it may have
   */
  static RequestBody of(ApiRequest request, long expected, long limit) {
    if (Math.max(expected, request.contentLength()) > limit) {
      throw LimitException.tooLarge("content is too large", limit);
    }
    return new RequestBody(request.body(), expected, limit);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw new RefusedException(brokenOff(e));
    }
    if (read > 0) {
      count += read;
      if (expected >= 0 && count > expected) {
        throw new RefusedException(wrongLength());
      }
      if (count > limit) {
        throw new RefusedException(LimitException.tooLarge("content is too large", limit));
      }
    } else if (read < 0 && expected >= 0 && count < expected) {
      throw new RefusedException(wrongLength());
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  private InvalidContentException wrongLength() {
    return new InvalidContentException(
        ErrorCode.SIZE_INVALID,
        "the body is not as long as was declared",
        Map.of("declared", Long.toString(expected)));
  }

  /** The peer has gone: no failure of ours, and nobody is left to read the answer. */
  private static InvalidContentException brokenOff(IOException cause) {
    InvalidContentException broken =
        new InvalidContentException(ErrorCode.SIZE_INVALID, "the body broke off");
    broken.addSuppressed(cause);
    return broken;
  }

  /**
   * The body is too short or too long, or it broke off. An {@link IOException}, because whoever
   * reads a stream is ready for that and for nothing else.
   */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient RegistryException reason;

    private RefusedException(RegistryException reason) {
      super(reason.getMessage(), reason);
      this.reason = reason;
    }

    /** What to tell the caller. */
    RegistryException reason() {
      return reason;
    }
  }
}
