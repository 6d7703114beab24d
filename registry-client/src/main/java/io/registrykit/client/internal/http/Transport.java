package io.registrykit.client.internal.http;

import io.registrykit.api.Headers;
import io.registrykit.client.RegistryWarning;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes the requests of one registry: signs them, follows redirects without handing secrets on,
 * repeats what can be repeated. Safe for use by any number of threads.
 */
public final class Transport {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_WARNING = 4096;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final Origin registry;
  private final HttpSender sender;
  private final Authorization authorization;
  private final HostPolicy policy;
  private final Pauses pauses;
  private final Consumer<RegistryWarning> warnings;

  /**
   * A transport for one registry.
   *
   * @param registry the registry
   * @param sender makes single requests
   * @param authorization signs them
   * @param policy says where secrets may go
   * @param pauses waits between tries
   * @param warnings hears what the registry wants people to know
   */
  public Transport(
      Origin registry,
      HttpSender sender,
      Authorization authorization,
      HostPolicy policy,
      Pauses pauses,
      Consumer<RegistryWarning> warnings) {
    this.registry = registry;
    this.sender = sender;
    this.authorization = authorization;
    this.policy = policy;
    this.pauses = pauses;
    this.warnings = warnings;
  }

  /**
   * The registry.
   *
   * @return its origin
   */
  public Origin registry() {
    return registry;
  }

  /**
   * Where secrets may go.
   *
   * @return the policy of the registry
   */
  public HostPolicy policy() {
    return policy;
  }

  /**
   * The waits between tries.
   *
   * @return the pauses
   */
  public Pauses pauses() {
    return pauses;
  }

  /**
   * An address at the registry.
   *
   * @param rawTarget path and query, percent-encoded
   * @return the address
   */
  public URI uri(String rawTarget) {
    return registry.resolve(rawTarget);
  }

  /**
   * Makes a request, and makes it again as long as that can do no harm and may help.
   *
   * @param call the request
   * @param scopes what it needs
   * @return the last reply, whatever its status; the caller closes it
   * @throws IOException if no reply came; whether the request arrived is unknown then
   */
  public HttpReply send(HttpCall call, Scopes scopes) throws IOException {
    int failures = 0;
    while (true) {
      HttpReply reply;
      try {
        reply = signed(call, scopes);
      } catch (IOException e) {
        failures++;
        call.limits().check();
        if (!call.repeatable() || failures >= pauses.policy().attempts()) {
          throw e;
        }
        pauses.pause(failures, call.limits());
        continue;
      }
      failures++;
      boolean again =
          call.repeatable()
              && isPassing(reply.status())
              && failures < pauses.policy().attempts()
              && pauses.pause(failures, reply.headers(), call.limits());
      if (!again) {
        return reply.withAttempts(failures);
      }
      reply.close();
    }
  }

  /**
   * Whether a status tells of something that may pass.
   *
   * @param status the status of a reply
   * @return true when the same request may succeed later
   */
  public static boolean isPassing(int status) {
    return PASSING.contains(status);
  }

  private HttpReply signed(HttpCall call, Scopes scopes) throws IOException {
    boolean own = policy.trusts(call.uri());
    Optional<String> header = own ? authorization.header(scopes, call.limits()) : Optional.empty();
    HttpReply reply = followed(call, header);
    if (reply.status() != 401 || !own || !policy.trusts(reply.uri())) {
      return reply;
    }
    List<String> challenges = reply.headers().all("WWW-Authenticate");
    boolean better = authorization.challenged(challenges, scopes, header);
    if (!better || !call.repeatable()) {
      return reply;
    }
    reply.close();
    return followed(call, authorization.header(scopes, call.limits()));
  }

  /**
   * Follows redirects of what only reads; a redirected write would send content who knows where.
   */
  private HttpReply followed(HttpCall call, Optional<String> header) throws IOException {
    URI uri = call.uri();
    for (int hop = 0; ; hop++) {
      Headers.Builder headers = Headers.builder();
      call.headers().forEach(headers::add);
      if (header.isPresent() && policy.trusts(uri)) {
        headers.set("Authorization", header.get());
      }
      HttpReply reply = sender.send(call.withUri(uri).withHeaders(headers.build()));
      warn(reply);
      boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
      Optional<String> location = reply.headers().first("Location");
      if (!reads || !REDIRECTS.contains(reply.status()) || location.isEmpty()) {
        return reply;
      }
      reply.close();
      URI next = resolve(uri, location.get());
      if (hop == MAX_REDIRECTS) {
        throw new IOException("the registry redirects in circles");
      }
      if (!policy.mayFollow(next)) {
        throw policy.refusal("redirect", next);
      }
      uri = next;
    }
  }

  /**
   * Reads a {@code Location}, which may be absolute or relative.
   *
   * @param base who sent it
   * @param location its value
   * @return the address
   * @throws IOException if it is malformed
   */
  public static URI resolve(URI base, String location) throws IOException {
    try {
      return base.resolve(location.strip().replace(" ", "%20"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the registry sent a malformed location", e);
    }
  }

  private void warn(HttpReply reply) {
    int left = MAX_WARNING;
    for (String line : reply.headers().all("Warning")) {
      int start = line.indexOf('"');
      int end = line.lastIndexOf('"');
      if (line.startsWith("299 ") && start >= 0 && end > start && end - start <= left) {
        left -= end - start;
        String text = line.substring(start + 1, end).replace("\\\"", "\"");
        warnings.accept(new RegistryWarning(registry.authority(), text));
      }
    }
  }
}
