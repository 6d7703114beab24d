package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** A reply, its body still to come. For use by one thread, which closes it. */
public final class HttpReply implements AutoCloseable {
  private static final int DRAIN = 64 * 1024;

  private final URI uri;
  private final int status;
  private final Headers headers;
  private final InputStream body;
  private final Runnable release;
  private final int attempts;

  /**
   * A reply.
   *
   * @param uri who sent it
   * @param status the status
   * @param headers the headers
   * @param body the body, empty when there is none
   * @param release gives the connection back, or closes it when the body was not read to its end
   * @param attempts how often the request was made
   */
  public HttpReply(
      URI uri, int status, Headers headers, InputStream body, Runnable release, int attempts) {
    this.uri = uri;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.release = release;
    this.attempts = attempts;
  }

  HttpReply withAttempts(int count) {
    return new HttpReply(uri, status, headers, body, release, count);
  }

  /**
   * Who sent it, after redirects.
   *
   * @return the address
   */
  public URI uri() {
    return uri;
  }

  /**
   * The status.
   *
   * @return 200 to 599
   */
  public int status() {
    return status;
  }

  /**
   * The headers.
   *
   * @return the headers
   */
  public Headers headers() {
    return headers;
  }

  /**
   * How often the request was made until this reply came.
   *
   * @return one or more
   */
  public int attempts() {
    return attempts;
  }

  /**
   * The body.
   *
   * @return a stream that is closed with the reply
   */
  public InputStream body() {
    return body;
  }

  /**
   * The declared length.
   *
   * @return empty when none was declared, or it is no number
   */
  public OptionalLong contentLength() {
    Optional<String> text = headers.first("Content-Length");
    if (text.isEmpty() || !text.get().strip().matches("[0-9]{1,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text.get().strip()));
  }

  /**
   * Reads the whole body, within a limit.
   *
   * @param limit the most bytes to take
   * @return empty when there are more
   * @throws IOException if the connection fails, or ends before the declared length
   */
  public Optional<Bytes> read(int limit) throws IOException {
    return Bytes.readFrom(body, limit);
  }

  /** Lets go of the connection; a short rest of the body is read so that it can be used again. */
  @Override
  public void close() {
    try {
      long left = DRAIN;
      byte[] buffer = new byte[4096];
      int count = 0;
      while (left > 0 && count >= 0 && contentLength().orElse(0) <= DRAIN) {
        count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        left -= Math.max(count, 0);
      }
    } catch (IOException e) {
      // The connection is gone, and with it nothing that is still wanted.
    } finally {
      release.run();
    }
  }

  /** Lets go of the connection and closes it, because what follows is not wanted. */
  public void abandon() {
    release.run();
  }
}
