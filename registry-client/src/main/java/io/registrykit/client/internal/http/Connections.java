package io.registrykit.client.internal.http;

import io.registrykit.client.HostOptions;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made and kept. Immutable.
 *
 * @param connect how long a connection may take to come about
 * @param stall how long an exchange may stand still
 * @param perHost the most connections to one host
 * @param tls the settings for all hosts without their own, or null for those of the JDK
 * @param proxies finds the proxy for an address, or null for none
 * @param hosts what is special about a host, by host and port in lower case
 */
public record Connections(
    Duration connect,
    Duration stall,
    int perHost,
    @Nullable SSLContext tls,
    @Nullable ProxySelector proxies,
    Map<String, HostOptions> hosts) {
  private static final int MAX_HEADER_LINES = 200;
  private static final int MAX_LINE = 16 * 1024;

  /**
   * Opens a pool.
   *
   * @return makes requests over the pool until it is closed
   */
  public CloseableSender open() {
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .http1Config(
                                Http1Config.custom()
                                    .setMaxHeaderCount(MAX_HEADER_LINES)
                                    .setMaxLineLength(MAX_LINE)
                                    .setBufferSize(32 * 1024)
                                    .build())
                            .build())
                    .setTlsSocketStrategy(tlsStrategy())
                    .setMaxConnPerRoute(perHost)
                    .setMaxConnTotal(perHost * 8)
                    .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(connect))
                            .setSocketTimeout(Timeout.of(stall))
                            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                            .setTimeToLive(TimeValue.ofMinutes(10))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(stall))
                    .setResponseTimeout(Timeout.of(stall))
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("registrykit")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableConnectionState();
    if (proxies != null) {
      builder.setProxySelector(proxies);
    }
    ApacheSender sender = new ApacheSender(builder.build(), new Watchdog(stall));
    return new CloseableSender(sender, sender::close);
  }

  private TlsSocketStrategy tlsStrategy() {
    TlsSocketStrategy usual =
        tls == null ? DefaultClientTlsStrategy.createDefault() : new DefaultClientTlsStrategy(tls);
    return (socket, target, port, attachment, context) -> {
      HostOptions options = hosts.get((target + ":" + port).toLowerCase(Locale.ROOT));
      if (options == null && port == 443) {
        options = hosts.get(target.toLowerCase(Locale.ROOT));
      }
      SSLContext own = options == null ? null : options.tls();
      TlsSocketStrategy strategy = own == null ? usual : new DefaultClientTlsStrategy(own);
      SSLSocket secured = strategy.upgrade(socket, target, port, attachment, context);
      return secured;
    };
  }
}
