package io.registrykit.client.testing;

import io.registrykit.api.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A registry with tokens that does everything wrong that a seed says, a bounded number of times,
 * and a second host that watches what it is sent. Safe for use by several threads.
 */
public final class FaultyRegistry implements AutoCloseable {
  private static final Fault[] FAULTS = Fault.values();

  private final Random random;
  private final Backend backend = new Backend();
  private final MiniServer server;
  private final MiniServer elsewhere;
  private final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> blind = new ArrayList<>();
  private final String secret;
  private String unsettled = "";
  private int faultsLeft;
  private int token;

  private FaultyRegistry(long seed, String secret) throws IOException {
    this.random = new Random(seed);
    this.secret = secret;
    this.faultsLeft = random.nextInt(7);
    this.elsewhere = MiniServer.start(this::watch);
    this.server = MiniServer.start(this::respond);
  }

  public static FaultyRegistry start(long seed, String basicHeader) throws IOException {
    return new FaultyRegistry(seed, basicHeader);
  }

  public String host() {
    return server.host();
  }

  public Backend backend() {
    return backend;
  }

  /** What the other host was sent that it should not have been. */
  public List<String> leaks() {
    return List.copyOf(leaks);
  }

  public synchronized String log() {
    return String.join("\n", log);
  }

  /** From now on everything goes well. */
  public synchronized void heal() {
    faultsLeft = 0;
  }

  private synchronized Fault nextFault() {
    if (faultsLeft == 0 || random.nextInt(3) != 0) {
      return null;
    }
    faultsLeft--;
    Fault fault = FAULTS[random.nextInt(FAULTS.length)];
    boolean slow = fault == Fault.STALL && random.nextInt(8) != 0;
    return slow ? Fault.LOST_REPLY : fault;
  }

  private synchronized int roll(int bound) {
    return random.nextInt(Math.max(1, bound));
  }

  /**
   * Requests that were made with bytes although an earlier one with the same bytes to the same
   * upload had failed, and nobody had asked in between how far that came.
   */
  public synchronized List<String> blindReplays() {
    return List.copyOf(blind);
  }

  private synchronized void watchForReplays(MiniRequest request, Fault fault) {
    boolean bytes = request.method().equals("PATCH") || request.method().equals("PUT");
    if (!request.target().contains("/uploads/")) {
      return;
    }
    if (bytes && request.length() > 0 && !unsettled.isEmpty()) {
      blind.add(request + " after " + unsettled);
    }
    boolean ambiguous =
        fault == Fault.DROP_IN_BODY
            || fault == Fault.LOST_REPLY
            || fault == Fault.STALL
            || fault == Fault.REFUSED
            || fault == Fault.REFUSED_AFTER;
    unsettled = bytes && request.length() > 0 && ambiguous ? request.toString() : "";
  }

  private synchronized void note(MiniRequest request, Fault fault) {
    log.add(request + " [" + request.headers().first("Content-Range").orElse("") + "] " + fault);
  }

  /** The other host: anybody may read content there; nobody should send it anything. */
  private void watch(MiniRequest request, MiniReply reply) throws IOException {
    request.headers().first("Authorization").ifPresent(value -> leaks.add(request.toString()));
    byte[] body = request.body().readAllBytes();
    if (body.length > 0) {
      leaks.add(request + " with " + body.length + " bytes");
    }
    Backend.Result result =
        backend.handle(
            request.method().equals("HEAD") ? "HEAD" : "GET",
            request.target(),
            request.headers(),
            InputStream.nullInputStream(),
            0);
    reply.send(result.status(), result.headers(), result.body().toArray());
  }

  private void respond(MiniRequest request, MiniReply reply) throws IOException {
    Fault fault = nextFault();
    note(request, fault);
    watchForReplays(request, fault);
    if (request.target().startsWith("/token")) {
      token(request, reply, fault);
    } else if (fault == Fault.TOKEN_EXPIRED) {
      expire();
      challenge(reply, server.host());
    } else if (fault == Fault.REALM_ELSEWHERE) {
      expire();
      challenge(reply, elsewhere.host());
    } else if (!currentToken().equals(request.headers().first("Authorization").orElse(""))) {
      challenge(reply, server.host());
    } else {
      serve(request, reply, fault);
    }
  }

  private synchronized void expire() {
    token++;
  }

  private synchronized String currentToken() {
    return "Bearer token-" + token;
  }

  private void token(MiniRequest request, MiniReply reply, Fault fault) throws IOException {
    if (fault == Fault.LOST_REPLY || fault == Fault.DROP_IN_BODY) {
      reply.reset();
    } else if (fault == Fault.REFUSED || fault == Fault.TOO_MANY) {
      reply.send(503, Headers.empty());
    } else if (secret.equals(request.headers().first("Authorization").orElse(""))) {
      String value = currentToken().substring("Bearer ".length());
      reply.send(200, Headers.empty(), "{\"token\":\"" + value + "\",\"expires_in\":300}");
    } else {
      reply.send(401, Headers.empty());
    }
  }

  private void challenge(MiniReply reply, String realmHost) throws IOException {
    reply.send(
        401,
        Headers.of(
            "WWW-Authenticate",
            "Bearer service=\"faulty\",realm=\"http://" + realmHost + "/token\""));
  }

  private void serve(MiniRequest request, MiniReply reply, Fault fault) throws IOException {
    if (fault == null) {
      answer(reply, backend.handle(request, request.body()));
      return;
    }
    boolean session = request.target().contains("/uploads/");
    switch (fault) {
      case DROP_IN_BODY -> {
        carryOutPart(request, roll((int) request.length()));
        reply.reset();
      }
      case LOST_REPLY -> {
        backend.handle(request, request.body());
        reply.reset();
      }
      case STALL -> {
        backend.handle(request, request.body());
        reply.stall();
      }
      case REFUSED -> {
        request.body().readAllBytes();
        reply.send(new int[] {500, 502, 503, 504}[roll(4)], Headers.empty());
      }
      case REFUSED_AFTER -> {
        backend.handle(request, request.body());
        reply.send(new int[] {500, 502, 503}[roll(3)], Headers.empty(), "<html>oops</html>");
      }
      case TOO_MANY -> {
        request.body().readAllBytes();
        String when = roll(2) == 0 ? "0" : "Fri, 01 Jan 2021 00:00:00 GMT";
        reply.send(429, Headers.of("Retry-After", when));
      }
      case STALE_SESSION -> {
        boolean existing = session && !request.method().equals("POST");
        if (existing) {
          forget(request);
        }
        answer(reply, backend.handle(request, request.body()));
      }
      default -> twist(reply, backend.handle(request, request.body()), fault, request);
    }
  }

  private void forget(MiniRequest request) throws IOException {
    backend.handle(
        "DELETE",
        request.target().replaceFirst("\\?.*", ""),
        Headers.empty(),
        InputStream.nullInputStream(),
        0);
  }

  /** A server that dies in the middle of a body may have kept what came. */
  private void carryOutPart(MiniRequest request, int bytes) throws IOException {
    if (request.method().equals("PATCH") && roll(2) == 0) {
      byte[] part = request.bodyBreakingAfter(bytes).readNBytes(bytes);
      backend.handle(
          "PATCH", request.target(), Headers.empty(), new ByteArrayInputStream(part), part.length);
    } else {
      backend.handle(request, request.bodyBreakingAfter(bytes));
    }
  }

  private void twist(MiniReply reply, Backend.Result result, Fault fault, MiniRequest request)
      throws IOException {
    byte[] body = result.body().toArray();
    String location = result.headers().first("Location").orElse("");
    if (fault == Fault.WRONG_BYTE && body.length > 0) {
      body[roll(body.length)] ^= 1;
      reply.send(result.status(), result.headers(), body);
    } else if (fault == Fault.TRUNCATED && body.length > 0) {
      reply.head(result.status(), result.headers(), body.length);
      reply.out().write(body, 0, roll(body.length));
      reply.end();
    } else if (fault == Fault.WRONG_LENGTH && request.method().equals("GET") && body.length > 1) {
      Headers.Builder headers = Headers.builder();
      result.headers().forEach(headers::add);
      int declared = roll(2) == 0 ? body.length + 5 : body.length - 1;
      headers.set("Content-Length", Integer.toString(declared));
      reply.head(result.status(), headers.build(), declared);
      reply.out().write(body, 0, Math.min(body.length, declared));
      reply.end();
    } else if (fault == Fault.REDIRECT_ELSEWHERE && request.method().equals("GET")) {
      reply.send(307, Headers.of("Location", "http://" + elsewhere.host() + request.target()));
    } else if (fault == Fault.LOCATION_ELSEWHERE && result.status() == 202) {
      Headers.Builder headers = Headers.builder();
      result.headers().forEach(headers::add);
      headers.set("Location", "http://" + elsewhere.host() + location);
      reply.send(202, headers.build());
    } else if (fault == Fault.WRONG_RANGE && result.headers().first("Range").isPresent()) {
      Headers.Builder headers = Headers.builder();
      result.headers().forEach(headers::add);
      headers.set("Range", "0-" + roll(5000));
      reply.send(result.status(), headers.build());
    } else {
      answer(reply, result);
    }
  }

  private static void answer(MiniReply reply, Backend.Result result) throws IOException {
    reply.send(result.status(), result.headers(), result.body().toArray());
  }

  @Override
  public void close() throws IOException {
    server.close();
    elsewhere.close();
  }
}
