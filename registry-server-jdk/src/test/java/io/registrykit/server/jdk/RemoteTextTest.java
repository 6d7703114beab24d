package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.registrykit.auth.Directory;
import io.registrykit.auth.OidcIdentities;
import io.registrykit.auth.SignIn;
import io.registrykit.spi.auth.Credentials;
import io.registrykit.store.memory.MemoryDocuments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of an identity provider that are fetched over the network. */
class RemoteTextTest {
  private static final char[] PASSWORD = "secret".toCharArray();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stop = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = listening(HttpServer.create(free(), 0));
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private <T extends HttpServer> T listening(T made) {
    made.setExecutor(threads);
    made.start();
    return made;
  }

  @AfterEach
  void stop() {
    stop.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private RemoteText text(String path) {
    return RemoteText.at(uri(path));
  }

  private void serve(String path, int status, String body, String... headers) {
    server.createContext(path, exchange -> answer(exchange, status, body, headers));
  }

  private static void answer(HttpExchange exchange, int status, String body, String... headers)
      throws IOException {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void readsWhatIsThereNow() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.createContext(
        "/keys", exchange -> answer(exchange, 200, "k\u00e9y " + asked.incrementAndGet()));
    RemoteText text = text("/keys");

    assertThat(text.read()).isEqualTo("k\u00e9y 1");
    assertThat(text.read()).isEqualTo("k\u00e9y 2");
    assertThat(text.version()).isEqualTo(text.version());
  }

  @Test
  void followsRedirectsOnTheSameHostAlone() throws Exception {
    serve("/end", 200, "here");
    serve("/near", 302, "", "Location", "/end");
    serve("/port", 302, "", "Location", "http://127.0.0.1:1/end");
    serve("/host", 307, "", "Location", "http://localhost:" + uri("/").getPort() + "/end");
    serve("/scheme", 301, "", "Location", "https://127.0.0.1:" + uri("/").getPort() + "/end");
    serve("/nothing", 302, "");
    serve("/round", 302, "", "Location", "/round");
    serve("/broken", 302, "", "Location", "http://[");

    assertThat(text("/near").read()).isEqualTo("here");
    for (String path : List.of("/port", "/host", "/scheme")) {
      assertThatThrownBy(() -> text(path).read())
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("redirects to another host");
    }
    assertThatThrownBy(() -> text("/nothing").read()).hasMessageEndingWith("nowhere");
    assertThatThrownBy(() -> text("/round").read()).hasMessageEndingWith("too often");
    assertThatThrownBy(() -> text("/broken").read()).isInstanceOf(IOException.class);
  }

  @Test
  void takesNoOtherAnswerAndNoneThatIsTooLong() {
    serve("/gone", 404, "{}");
    serve("/empty", 204, "");
    serve("/long", 200, " ".repeat(1024 * 1024 + 1));

    assertThatThrownBy(() -> text("/gone").read()).hasMessageEndingWith("answered 404");
    assertThatThrownBy(() -> text("/empty").read()).hasMessageEndingWith("answered 204");
    assertThatThrownBy(() -> text("/long").read())
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("longer than 1048576");
  }

  @Test
  void waitsForNobodyForLong() {
    server.createContext(
        "/silent",
        exchange -> {
          await();
          exchange.close();
        });
    server.createContext(
        "/dripping",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
          exchange.close();
        });

    for (String path : List.of("/silent", "/dripping")) {
      RemoteText hasty = RemoteText.of(uri(path), null, Duration.ofMillis(300));
      assertThatThrownBy(hasty::read).isInstanceOf(IOException.class);
    }
  }

  private void await() {
    try {
      assertThat(stop.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void wantsHttps() {
    for (String other :
        List.of(
            "http://login.example/keys",
            "http://127.0.0.1.evil.example/keys",
            "ftp://login.example/keys",
            "file:///etc/keys",
            "keys.json",
            "http:keys.json",
            "https://ann:secret@login.example/keys")) {
      assertThatThrownBy(() -> RemoteText.at(URI.create(other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void trustsNoCertificateUnlessTold() throws Exception {
    SelfSigned own = SelfSigned.create(List.of("localhost"), Clock.systemUTC().instant());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", own.key(), PASSWORD, new Certificate[] {own.certificate()});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext serving = SSLContext.getInstance("TLS");
    serving.init(managers.getKeyManagers(), null, null);
    HttpsServer secure = HttpsServer.create(free(), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(serving));
    secure.createContext("/keys", exchange -> answer(exchange, 200, "keys"));
    listening(secure);
    try {
      URI uri = URI.create("https://localhost:" + secure.getAddress().getPort() + "/keys");
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("own", own.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);

      assertThat(RemoteText.at(uri, tls).read()).isEqualTo("keys");
      assertThatThrownBy(() -> RemoteText.at(uri).read()).isInstanceOf(IOException.class);
    } finally {
      secure.stop(0);
    }
  }

  /** The keys of one directory, over the network, for tokens that another process issued. */
  @Test
  void signsInWithTheKeysOfAProvider() throws Exception {
    Directory provider = new Directory("tenant", new MemoryDocuments(), Clock.systemUTC());
    String secret = provider.addServicePrincipal("ci");
    String token = provider.issueToken("ci", secret).orElseThrow();
    String keys = provider.publicKeys();
    AtomicInteger asked = new AtomicInteger();
    server.createContext(
        "/keys", exchange -> answer(exchange, asked.incrementAndGet() == 1 ? 200 : 500, keys));
    OidcIdentities identities =
        OidcIdentities.builder(provider.issuer(), text("/keys"))
            .audience(Directory.AUDIENCE)
            .build();

    assertThat(name(identities, token)).contains("oidc:sp:ci");
    assertThat(name(identities, token)).contains("oidc:sp:ci");
    assertThat(asked).hasValue(1);
    Directory stranger = new Directory("tenant", new MemoryDocuments(), Clock.systemUTC());
    String strange = stranger.issueToken("x", stranger.addServicePrincipal("x")).orElseThrow();
    for (int i = 0; i < 20; i++) {
      assertThat(name(identities, strange)).isEmpty();
    }
    assertThat(asked).hasValueLessThanOrEqualTo(3);
    assertThat(name(identities, token)).contains("oidc:sp:ci");
  }

  private static Optional<String> name(OidcIdentities identities, String token) throws IOException {
    return identities
        .signIn(new Credentials.Bearer(token))
        .map(SignIn::principal)
        .map(Object::toString);
  }
}
