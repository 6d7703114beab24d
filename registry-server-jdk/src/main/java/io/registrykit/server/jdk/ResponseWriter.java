package io.registrykit.server.jdk;

import com.sun.net.httpserver.HttpExchange;
import io.registrykit.api.ApiResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes a response of the engine to the JDK's server. For one exchange. */
final class ResponseWriter {
  private static final long MAX_DRAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int NO_BODY = -1;

  private final HttpExchange exchange;
  private final Call call;
  private final PeerInput request;
  private final long maxDrainBytes;

  ResponseWriter(HttpExchange exchange, Call call, PeerInput request, long maxDrainBytes) {
    this.exchange = exchange;
    this.call = call;
    this.request = request;
    this.maxDrainBytes = maxDrainBytes;
  }

  /**
   * Writes all of a response.
   *
   * @throws IOException if the peer or the store fails; the caller must then close the connection,
   *     because the declared length was not kept
   */
  void write(ApiResponse response) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    long length = head || hasNoBody(response.status()) ? 0 : response.body().length();
    copyHeaders(response, head);
    if (request.isTooLongToDrain(maxDrainBytes)) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    if (length == 0) {
      // The JDK ends the exchange with the headers, and resets a connection with unread bytes.
      drain();
      sendHeaders(response.status(), NO_BODY, false);
    } else {
      // Answer first: most clients stop sending when they see an error.
      writeBody(response, length);
      drain();
    }
    finish();
  }

  private static boolean hasNoBody(int status) {
    return status == 204 || status == 304;
  }

  private void copyHeaders(ApiResponse response, boolean head) {
    response
        .headers()
        .forEach(
            (name, value) -> {
              // The JDK writes the length, but for HEAD.
              if (head || !name.equalsIgnoreCase("Content-Length")) {
                exchange.getResponseHeaders().add(name, value);
              }
            });
    if (head && response.headers().first("Content-Length").isEmpty()) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(response.body().length()));
    }
  }

  private void sendHeaders(int status, long length, boolean bodyIsThere) throws IOException {
    call.waitToWrite();
    // The JDK sends the headers on their own: a system call and a wake-up of the peer for nothing.
    call.bodyFollows(bodyIsThere);
    try {
      exchange.sendResponseHeaders(status, length);
    } finally {
      call.bodyFollows(false);
      call.moved(0);
    }
  }

  private void writeBody(ApiResponse response, long length) throws IOException {
    PeerOutput peer =
        new PeerOutput(
            call,
            () -> {
              sendHeaders(response.status(), length, true);
              return exchange.getResponseBody();
            });
    int bufferSize = (int) Math.min(PeerOutput.PIECE_SIZE, length);
    try {
      // Never closed: that would end the exchange before the request is drained.
      OutputStream out = new PieceOutput(peer, bufferSize);
      response.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw peer.failed() ? e : new BrokenBodyException("body broke off", e);
    } finally {
      if (!peer.started()) {
        // A body that fails before its first byte: the peer sees what it would have been.
        sendHeaders(response.status(), length, false);
      }
    }
    if (peer.count() != length) {
      throw new BrokenBodyException("body had " + peer.count() + " of " + length + " bytes", null);
    }
  }

  private void drain() {
    request.drain(maxDrainBytes, MAX_DRAIN_NANOS);
  }

  private void finish() throws IOException {
    call.waitToWrite();
    try {
      exchange.close();
    } finally {
      call.moved(0);
    }
  }

  /** The registry, not the peer, ended a response early. */
  static final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenBodyException(String message, @Nullable IOException cause) {
      super(message, cause);
    }
  }
}
