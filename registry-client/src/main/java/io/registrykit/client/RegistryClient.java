package io.registrykit.client;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.internal.auth.RegistryAuth;
import io.registrykit.client.internal.http.CloseableSender;
import io.registrykit.client.internal.http.Connections;
import io.registrykit.client.internal.http.HostPolicy;
import io.registrykit.client.internal.http.HttpSender;
import io.registrykit.client.internal.http.MirrorSender;
import io.registrykit.client.internal.http.Origin;
import io.registrykit.client.internal.http.Pauses;
import io.registrykit.client.internal.http.Retrying;
import io.registrykit.client.internal.http.Transport;
import io.registrykit.model.ImageReference;
import io.registrykit.model.RepositoryName;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Owns connections to registries, and knows how to sign in there. Safe for use by any number of
 * threads; a program needs one. Closing it ends what is under way.
 *
 * <pre>{@code
 * try (RegistryClient client = RegistryClient.builder().insecure("localhost:5000").build()) {
 *   RemoteRepository app = client.repository(ImageReference.parse("localhost:5000/team/app"));
 *   app.tags(PageRequest.first(100)).items().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class RegistryClient implements AutoCloseable {
  private static final String DOCKER_HUB = "registry-1.docker.io";

  private final CredentialProvider credentials;
  private final Map<String, HostOptions> hosts;
  private final UploadJournal journal;
  private final Consumer<RegistryWarning> warnings;
  private final CloseableSender connections;
  private final Pauses pauses;
  private final ConcurrentMap<String, RemoteRegistry> registries = new ConcurrentHashMap<>();

  private RegistryClient(Builder settings) {
    this.credentials = settings.credentials;
    this.hosts = Map.copyOf(settings.hosts);
    this.journal = settings.journal;
    this.warnings = settings.warnings;
    this.pauses = Pauses.real(settings.retries, settings.clock);
    CloseableSender opened =
        new Connections(
                settings.connectTimeout,
                settings.stallTimeout,
                settings.connectionsPerHost,
                settings.tls,
                settings.proxies,
                hosts)
            .open();
    this.connections =
        new CloseableSender(settings.wrapper.apply(opened.sender()), opened.onClose());
  }

  /**
   * Starts a client.
   *
   * @return a builder with sane values
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A registry.
   *
   * @param host the host, with its port where that is not the usual one
   * @return the registry, which asks for nothing before the first call
   * @throws IllegalArgumentException if the host is malformed
   */
  public RemoteRegistry registry(String host) {
    String name = canonical(host);
    return registries.computeIfAbsent(name, key -> connect(key, connections));
  }

  /**
   * The repository of an image.
   *
   * @param image the image; without a host it is on Docker Hub, as everywhere
   * @return the repository, which asks for nothing before the first call
   */
  public RemoteRepository repository(ImageReference image) {
    String host = image.host() == null ? "docker.io" : image.host();
    boolean official =
        canonical(host).equals(DOCKER_HUB) && image.repository().segments().size() == 1;
    RepositoryName name =
        official ? new RepositoryName("library/" + image.repository()) : image.repository();
    return registry(host).repository(name);
  }

  /**
   * Tries to sign in for a repository, and tells how that went.
   *
   * @param image names the registry and the repository
   * @return for people: where credentials were looked for, what was used, what came of it
   */
  public AuthReport explainAuth(ImageReference image) {
    String host = canonical(image.host() == null ? "docker.io" : image.host());
    return AuthReport.of(credentials, repository(image), host);
  }

  RemoteRegistry mirror(String host, String original) {
    String name = canonical(host);
    return registries.computeIfAbsent(
        name + " for " + original, key -> connect(name, new MirrorSender(connections, original)));
  }

  private RemoteRegistry connect(String host, HttpSender sender) {
    HostOptions options = hosts.getOrDefault(host, HostOptions.standard());
    Origin origin = Origin.of(URI.create((options.insecure() ? "http://" : "https://") + host));
    HostPolicy policy = new HostPolicy(origin, options);
    RegistryAuth auth =
        new RegistryAuth(host, credentials, new Retrying(connections, pauses), policy);
    Transport transport = new Transport(origin, sender, auth, policy, pauses, warnings);
    return new RemoteRegistry(this, host, options, transport, journal);
  }

  private static String canonical(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("docker.io") || name.equals("index.docker.io") ? DOCKER_HUB : name;
  }

  @Override
  public void close() {
    connections.close();
  }

  /** Collects settings. Not safe for use by several threads at once. */
  public static final class Builder {
    private CredentialProvider credentials = CredentialProvider.anonymous();
    private final Map<String, HostOptions> hosts = new HashMap<>();
    private RetryPolicy retries = RetryPolicy.standard();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration stallTimeout = Duration.ofSeconds(60);
    private int connectionsPerHost = 16;
    private @Nullable SSLContext tls;
    private @Nullable ProxySelector proxies;
    private UploadJournal journal = UploadJournal.none();
    private Consumer<RegistryWarning> warnings = warning -> {};
    private Clock clock = Clock.systemUTC();
    private UnaryOperator<HttpSender> wrapper = sender -> sender;

    private Builder() {}

    /**
     * Where credentials come from; nobody is signed in without.
     *
     * @param provider finds credentials
     * @return this builder
     */
    public Builder credentials(CredentialProvider provider) {
      credentials = provider;
      return this;
    }

    /**
     * What is special about a host.
     *
     * @param host the host, with its port where that is not the usual one
     * @param options its options
     * @return this builder
     */
    public Builder host(String host, HostOptions options) {
      hosts.put(canonical(host), options);
      return this;
    }

    /**
     * Speaks plain HTTP to a host, credentials included.
     *
     * @param host the host, with its port where that is not the usual one
     * @return this builder
     */
    public Builder insecure(String host) {
      return host(host, HostOptions.builder().insecure(true).build());
    }

    /**
     * How often and how patiently to repeat.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder retries(RetryPolicy policy) {
      retries = policy;
      return this;
    }

    /**
     * How long a connection may take to come about; ten seconds without this.
     *
     * @param limit the limit
     * @return this builder
     */
    public Builder connectTimeout(Duration limit) {
      connectTimeout = limit;
      return this;
    }

    /**
     * How long a request may stand still, with no byte going either way; a minute without this.
     *
     * @param limit the limit
     * @return this builder
     */
    public Builder stallTimeout(Duration limit) {
      stallTimeout = limit;
      return this;
    }

    /**
     * The most connections to one host; sixteen without this.
     *
     * @param count one or more; a copy takes two for each blob under way
     * @return this builder
     */
    public Builder connectionsPerHost(int count) {
      connectionsPerHost = count;
      return this;
    }

    /**
     * TLS settings for all hosts that have none of their own: authorities, a client certificate.
     *
     * @param context the settings
     * @return this builder
     */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Goes through proxies; directly without this.
     *
     * @param selector finds the proxy for an address, {@link ProxySelector#getDefault()} for that
     *     of the JVM
     * @return this builder
     */
    public Builder proxies(ProxySelector selector) {
      proxies = selector;
      return this;
    }

    /**
     * Remembers uploads, so that another process can go on with them.
     *
     * @param newJournal the journal
     * @return this builder
     */
    public Builder journal(UploadJournal newJournal) {
      journal = newJournal;
      return this;
    }

    /**
     * Hears what registries want people to know.
     *
     * @param listener called by whatever thread makes the request
     * @return this builder
     */
    public Builder warnings(Consumer<RegistryWarning> listener) {
      warnings = listener;
      return this;
    }

    /**
     * Tells how far away a {@code Retry-After} date is.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /** Puts something between the client and the network, so that a test can break the client. */
    Builder sender(UnaryOperator<HttpSender> newWrapper) {
      wrapper = newWrapper;
      return this;
    }

    /**
     * Makes the client; the builder can be used on.
     *
     * @return a client with what was set so far
     */
    public RegistryClient build() {
      return new RegistryClient(this);
    }
  }
}
