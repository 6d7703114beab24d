package io.registrykit.server.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.registrykit.api.ApiRequest;
import io.registrykit.api.ApiResponse;
import io.registrykit.api.RequestHandler;
import io.registrykit.error.ErrorCode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/**
 * Carries a request from the JDK's server to the engine and the response back. Safe for use by any
 * number of threads.
 */
final class ExchangeHandler implements HttpHandler {
  private static final Logger LOG = System.getLogger(ExchangeHandler.class.getName());

  private final RequestHandler handler;
  private final Calls calls;
  private final ServerLimits limits;

  ExchangeHandler(RequestHandler handler, Calls calls, ServerLimits limits) {
    this.handler = handler;
    this.calls = calls;
    this.limits = limits;
  }

  /** An exception out of here makes the JDK close the connection and forget it. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = Objects.requireNonNull(calls.current(), "not on a thread of this server");
    call.headersRead();
    if (!calls.count(call, exchange.getRemoteAddress().getAddress())) {
      throw new IOException("too many requests from one address");
    }
    try {
      serve(exchange, call);
    } catch (ResponseWriter.BrokenBodyException e) {
      LOG.log(Level.WARNING, () -> "closed in " + describe(exchange), e);
      throw e;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> "peer gone in " + describe(exchange), e);
      throw e;
    } catch (Throwable e) {
      LOG.log(Level.ERROR, () -> "failed in " + describe(exchange), e);
      throw new IOException("response was not finished", e);
    }
  }

  private void serve(HttpExchange exchange, Call call) throws IOException {
    long length = RequestReader.contentLength(exchange);
    PeerInput body = new PeerInput(call, exchange.getRequestBody(), length);
    ApiResponse response = answer(exchange, call, body, length);
    try {
      new ResponseWriter(exchange, call, body, limits.maxDrainBytes()).write(response);
    } finally {
      close(response);
    }
  }

  private ApiResponse answer(HttpExchange exchange, Call call, PeerInput body, long length) {
    ApiResponse refusal = ServerErrors.refusal(call.refusal());
    if (refusal != null) {
      return refusal;
    }
    if (RequestReader.headerBytes(exchange) > limits.maxHeaderBytes()) {
      return ServerErrors.response(431, ErrorCode.SIZE_INVALID, "request headers are too large");
    }
    ApiRequest request;
    try {
      request = RequestReader.read(exchange, body, length);
    } catch (IllegalArgumentException e) {
      return ServerErrors.response(400, ErrorCode.UNKNOWN, "malformed query or header");
    }
    try {
      return handler.handle(request);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, () -> "handler failed in " + describe(exchange), e);
      return ServerErrors.response(500, ErrorCode.UNKNOWN, ErrorCode.UNKNOWN.defaultMessage());
    }
  }

  private static void close(ApiResponse response) {
    try {
      response.close();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "cannot let go of a response", e);
    }
  }

  private static String describe(HttpExchange exchange) {
    return exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
  }
}
