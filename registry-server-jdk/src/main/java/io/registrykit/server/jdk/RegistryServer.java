package io.registrykit.server.jdk;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.registrykit.api.RequestHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A registry that listens on a port. Safe for use by any number of threads.
 *
 * <pre>{@code
 * try (RegistryServer server = RegistryServer.builder(api).start()) {
 *   System.out.println(server.uri());
 * }
 * }</pre>
 *
 * <p>The server stands on the one that comes with the JDK. Two of that one's settings exist as
 * system properties alone; the first start sets {@code sun.net.httpserver.nodelay} and {@code
 * sun.net.httpserver.maxIdleConnections} unless they have a value.
 */
public final class RegistryServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final long ABORT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final HttpServer server;
  private final Calls calls;
  private final Watchdog watchdog;
  private final boolean secure;
  private final Duration drainTimeout;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RegistryServer(Builder builder) throws IOException {
    JvmSettings.apply();
    this.calls = new Calls(builder.limits, builder.virtualThreads);
    this.watchdog = new Watchdog(calls, builder.limits);
    this.secure = builder.tls != null;
    this.drainTimeout = builder.drainTimeout;
    InetSocketAddress where = new InetSocketAddress(builder.address, builder.port);
    this.server =
        builder.needsFront() ? newFront(builder, where) : HttpServer.create(where, BACKLOG);
    server.setExecutor(calls);
    server.createContext("/", new ExchangeHandler(builder.handler, calls, builder.limits));
  }

  private HttpsServer newFront(Builder builder, InetSocketAddress where) throws IOException {
    HttpsServer front = HttpsServer.create(where, BACKLOG);
    boolean plainAllowed = builder.tls == null || builder.plainBesideTls;
    FrontContext context = new FrontContext(builder.tls, plainAllowed, calls);
    front.setHttpsConfigurator(new FrontConfigurator(context, calls));
    return front;
  }

  /**
   * Starts to describe a server.
   *
   * @param handler what answers the requests; the server does not close it
   * @return a builder for plain HTTP on a free port of the loopback address
   */
  public static Builder builder(RequestHandler handler) {
    return new Builder(handler);
  }

  /**
   * The port that the server listens on.
   *
   * @return 1 to 65,535
   */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Where a client on this machine finds the server.
   *
   * @return scheme, host in digits and port, such as {@code http://127.0.0.1:5000}; the loopback
   *     address when the server listens on all
   */
  public URI uri() {
    InetAddress address = server.getAddress().getAddress();
    InetAddress reachable =
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String host = reachable.getHostAddress();
    String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create((secure ? "https://" : "http://") + bracketed + ":" + port());
  }

  /**
   * Stops to listen, at once when nothing is under way. Otherwise requests that are under way may
   * end until the drain timeout, new ones are answered with 503, and what is left then is cut off.
   * Closing twice is the same as once.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    calls.startClosing();
    boolean interrupted = false;
    try {
      if (!calls.awaitIdle(drainTimeout.toNanos())) {
        calls.cutAll();
        calls.awaitIdle(ABORT_NANOS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      calls.cutAll();
    }
    server.stop(0);
    try {
      watchdog.stop();
      calls.end(interrupted ? 0 : ABORT_NANOS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Describes a server. Not safe for use by several threads at once. */
  public static final class Builder {
    private final RequestHandler handler;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private @Nullable Tls tls;
    private boolean plainBesideTls;
    private boolean answerTlsProbes = true;
    private boolean virtualThreads = Threads.areVirtualByDefault();
    private ServerLimits limits = ServerLimits.defaults();
    private Duration drainTimeout = Duration.ofSeconds(10);

    private Builder(RequestHandler handler) {
      this.handler = handler;
    }

    /**
     * Where to listen; on the loopback address unless told otherwise.
     *
     * @param newAddress an address of this machine, or the wildcard address for all of them
     * @return this builder
     */
    public Builder address(InetAddress newAddress) {
      this.address = newAddress;
      return this;
    }

    /**
     * Which port to listen on; a free one unless told otherwise.
     *
     * @param newPort 1 to 65,535, or 0 for a free one
     * @return this builder
     */
    public Builder port(int newPort) {
      this.port = newPort;
      return this;
    }

    /**
     * Speaks TLS, and nothing else unless {@link #plainBesideTls} says so.
     *
     * @param newTls key and certificate
     * @return this builder
     */
    public Builder tls(Tls newTls) {
      this.tls = newTls;
      return this;
    }

    /**
     * With TLS, whether the same port speaks plain HTTP too; off unless told otherwise, because a
     * client could then be talked out of TLS.
     *
     * @param allowed whether it does
     * @return this builder
     */
    public Builder plainBesideTls(boolean allowed) {
      this.plainBesideTls = allowed;
      return this;
    }

    /**
     * Without TLS, whether a client that tries TLS first, as most do, is told at once that this
     * port does not speak it; on unless told otherwise. When off, such a client waits until its own
     * handshake timeout or {@link ServerLimits#headerTimeout()}; a new connection costs a little
     * less.
     *
     * @param answer whether it is told
     * @return this builder
     */
    public Builder answerTlsProbes(boolean answer) {
      this.answerTlsProbes = answer;
      return this;
    }

    /**
     * Whether each request has a virtual thread; on from Java 24 on unless told otherwise. On Java
     * 21 to 23 the JDK's server keeps a processor busy for each virtual thread that waits for its
     * peer, so that a few slow clients hold up all others: choose it there only when all clients
     * are trusted. Java before 21 has none, and a bounded pool serves instead.
     *
     * @param virtual whether it has
     * @return this builder
     */
    public Builder virtualThreads(boolean virtual) {
      this.virtualThreads = virtual;
      return this;
    }

    /**
     * What peers may take up.
     *
     * @param newLimits the limits
     * @return this builder
     */
    public Builder limits(ServerLimits newLimits) {
      this.limits = newLimits;
      return this;
    }

    /**
     * How long {@link RegistryServer#close()} lets requests end; 10 s unless told otherwise.
     *
     * @param timeout zero to cut them off at once
     * @return this builder
     */
    public Builder drainTimeout(Duration timeout) {
      this.drainTimeout = timeout;
      return this;
    }

    private boolean needsFront() {
      return tls != null || answerTlsProbes;
    }

    /**
     * Opens the port and serves.
     *
     * @return a server that runs until it is closed
     * @throws IOException if the port cannot be had
     */
    public RegistryServer start() throws IOException {
      RegistryServer made = new RegistryServer(this);
      made.watchdog.start();
      made.server.start();
      return made;
    }
  }
}
