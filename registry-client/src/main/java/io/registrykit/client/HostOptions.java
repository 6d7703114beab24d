package io.registrykit.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What is special about one registry host. Immutable. */
public final class HostOptions {
  private static final int DEFAULT_CHUNK = 4 * 1024 * 1024;

  private final boolean insecure;
  private final boolean chunked;
  private final int chunkSize;
  private final Set<String> trustedHosts;
  private final List<String> mirrors;
  private final @Nullable SSLContext tls;

  private HostOptions(Builder builder) {
    insecure = builder.insecure;
    chunked = builder.chunked;
    chunkSize = builder.chunkSize;
    trustedHosts = Set.copyOf(builder.trustedHosts);
    mirrors = List.copyOf(builder.mirrors);
    tls = builder.tls;
  }

  /**
   * A host with nothing special: HTTPS, no mirrors, trusts itself alone.
   *
   * @return the options
   */
  public static HostOptions standard() {
    return builder().build();
  }

  /**
   * Starts options for a host.
   *
   * @return a builder with the standard values
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Whether the host is spoken to without TLS.
   *
   * @return true for plain HTTP
   */
  public boolean insecure() {
    return insecure;
  }

  /**
   * Whether every upload goes in pieces, for proxies that limit a request.
   *
   * @return false when a blob goes in one request, where the registry takes that
   */
  public boolean chunked() {
    return chunked;
  }

  /**
   * The size of a piece.
   *
   * @return bytes
   */
  public int chunkSize() {
    return chunkSize;
  }

  /**
   * Other hosts that may be given this registry's credentials and content.
   *
   * @return hosts in lower case, with or without a port
   */
  public Set<String> trustedHosts() {
    return trustedHosts;
  }

  /**
   * Hosts to ask first when reading.
   *
   * @return hosts in the order to ask them
   */
  public List<String> mirrors() {
    return mirrors;
  }

  /**
   * The TLS settings for this host alone.
   *
   * @return null for those of the client
   */
  public @Nullable SSLContext tls() {
    return tls;
  }

  /** Collects options. Not safe for use by several threads at once. */
  public static final class Builder {
    private boolean insecure;
    private boolean chunked;
    private int chunkSize = DEFAULT_CHUNK;
    private final Set<String> trustedHosts = new LinkedHashSet<>();
    private List<String> mirrors = List.of();
    private @Nullable SSLContext tls;

    private Builder() {}

    /**
     * Speaks plain HTTP to the host, credentials included.
     *
     * @param value true to do without TLS
     * @return this builder
     */
    public Builder insecure(boolean value) {
      insecure = value;
      return this;
    }

    /**
     * Sends every blob in pieces of at most {@code bytes}.
     *
     * @param bytes the size of a piece, 1 KiB to 64 MiB; one piece is held in memory
     * @return this builder
     * @throws IllegalArgumentException if the size is out of range
     */
    public Builder chunked(int bytes) {
      chunkSize(bytes);
      chunked = true;
      return this;
    }

    /**
     * The size of a piece, where an upload has to go in pieces.
     *
     * @param bytes 1 KiB to 64 MiB; one piece is held in memory
     * @return this builder
     * @throws IllegalArgumentException if the size is out of range
     */
    public Builder chunkSize(int bytes) {
      if (bytes < 1024 || bytes > 64 * 1024 * 1024) {
        throw new IllegalArgumentException("a chunk has 1 KiB to 64 MiB");
      }
      chunkSize = bytes;
      return this;
    }

    /**
     * Lets another host have this registry's credentials (as a token server) and content (as an
     * upload location). Nothing goes to other hosts without this.
     *
     * @param host the host, or {@code host:port} for one port alone
     * @return this builder
     */
    public Builder trust(String host) {
      trustedHosts.add(host.toLowerCase(Locale.ROOT));
      return this;
    }

    /**
     * Hosts to ask first when reading; each gets its own credentials and options.
     *
     * @param hosts the mirrors in the order to ask them
     * @return this builder
     */
    public Builder mirrors(List<String> hosts) {
      mirrors = List.copyOf(hosts);
      return this;
    }

    /**
     * TLS settings for this host alone: its own authorities, or a client certificate.
     *
     * @param context the settings
     * @return this builder
     */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Makes the options; the builder can be used on.
     *
     * @return what was set so far
     */
    public HostOptions build() {
      return new HostOptions(this);
    }
  }
}
