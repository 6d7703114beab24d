package io.registrykit.interop.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Gets a refresh token the way {@code az acr login --expose-token} does. */
final class TokenExchange {
  /** The user name that goes with a token. */
  private static final String TOKEN_USER = "00000000-0000-0000-0000-000000000000";

  private static final Pattern REFRESH_TOKEN = Pattern.compile("\"refresh_token\":\"([^\"]+)\"");

  private TokenExchange() {}

  static Login run(URI registry, Path certificate, String providerToken) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(registry.resolve("/oauth2/exchange"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=access_token&service=127.0.0.1&tenant=a-tenant&access_token="
                        + providerToken))
            .build();
    try {
      HttpResponse<String> response =
          client(registry, certificate).send(request, HttpResponse.BodyHandlers.ofString());
      Matcher matcher = REFRESH_TOKEN.matcher(response.body());
      if (response.statusCode() != 200 || !matcher.find()) {
        throw new AssertionError(response.statusCode() + ": " + response.body());
      }
      return new Login(TOKEN_USER, matcher.group(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static HttpClient client(URI registry, Path certificate) throws IOException {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return registry.getScheme().equals("https")
        ? builder.sslContext(trusting(certificate)).build()
        : builder.build();
  }

  private static SSLContext trusting(Path certificate) throws IOException {
    try (var in = Files.newInputStream(certificate)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "registry", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot trust " + certificate, e);
    }
  }
}
