package io.registrykit.server.jdk;

import io.registrykit.auth.TextSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A text behind a URL, such as the JWK set of an identity provider. Safe for use by any number of
 * threads.
 *
 * <p>It is read anew each time, within ten seconds and up to one mebibyte. Redirects are followed
 * on the same host alone: whoever can redirect elsewhere could choose the keys.
 */
public final class RemoteText implements TextSource {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_REDIRECTS = 3;
  private static final int OK = 200;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI address;
  private final HttpClient client;
  private final Duration timeout;

  private RemoteText(URI address, @Nullable SSLContext tls, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).followRedirects(Redirect.NEVER);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
  }

  /**
   * The text behind a URL.
   *
   * @param address an {@code https} URL without user information; {@code http} is taken for this
   *     machine alone
   * @return a source that reads it when asked
   * @throws IllegalArgumentException for another URL
   */
  public static RemoteText at(URI address) {
    return of(address, null, TIMEOUT);
  }

  /**
   * The text behind a URL whose server has a certificate of an authority of its own.
   *
   * @param address an {@code https} URL, as for {@link #at(URI)}
   * @param tls what is trusted
   * @return a source that reads it when asked
   * @throws IllegalArgumentException for another URL
   */
  public static RemoteText at(URI address, SSLContext tls) {
    return of(address, tls, TIMEOUT);
  }

  static RemoteText of(URI address, @Nullable SSLContext tls, Duration timeout) {
    String host = address.getHost();
    boolean safe =
        host != null
            && ("https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme()) && THIS_MACHINE.contains(host)));
    if (!safe || address.getRawUserInfo() != null) {
      throw new IllegalArgumentException("an https URL without user information is wanted");
    }
    return new RemoteText(address, tls, timeout);
  }

  /** The same always: to find out would be to read. */
  @Override
  public String version() {
    return "";
  }

  @Override
  public String read() throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    URI next = address;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpResponse<byte[]> response = get(next, deadline);
      if (response.statusCode() == OK) {
        return new String(response.body(), StandardCharsets.UTF_8);
      }
      if (!REDIRECTS.contains(response.statusCode())) {
        throw new IOException(next + " answered " + response.statusCode());
      }
      next = target(next, response.headers().firstValue("Location"));
    }
    throw new IOException(address + " redirects too often");
  }

  private static URI target(URI from, Optional<String> location) throws IOException {
    URI to;
    try {
      to = from.resolve(location.orElseThrow(() -> new IOException(from + " redirects nowhere")));
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " redirects to what is no URL", e);
    }
    boolean sameHost =
        from.getScheme().equalsIgnoreCase(to.getScheme())
            && from.getHost().equalsIgnoreCase(to.getHost())
            && from.getPort() == to.getPort();
    if (!sameHost) {
      throw new IOException(from + " redirects to another host");
    }
    return to;
  }

  private HttpResponse<byte[]> get(URI uri, long deadline) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Accept", "application/json").timeout(timeout).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BoundedBody(MAX_BYTES));
    try {
      return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + uri, e);
    } catch (TimeoutException e) {
      throw new IOException(uri + " is too slow", e);
    } catch (ExecutionException e) {
      throw new IOException(uri + " cannot be read", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }
}
