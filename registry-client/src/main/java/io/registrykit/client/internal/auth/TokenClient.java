package io.registrykit.client.internal.auth;

import io.registrykit.api.Headers;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HostPolicy;
import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.client.internal.http.HttpSender;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a token server: with {@code GET} for a password or nobody, with the {@code POST} of OAuth 2
 * for a refresh token, and for the others where {@code GET} is not offered. Safe for use by any
 * number of threads.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Distribution, token
 *     authentication</a>
 */
final class TokenClient {
  private static final String CLIENT_ID = "registrykit";

  private final HttpSender sender;
  private final HostPolicy policy;

  /** The sender repeats by itself what can be repeated. */
  TokenClient(HttpSender sender, HostPolicy policy) {
    this.sender = sender;
    this.policy = policy;
  }

  Token fetch(
      Challenge challenge, Scopes scopes, RegistryCredentials credentials, CallLimits limits)
      throws IOException {
    URI realm = realm(challenge);
    boolean anonymous = credentials instanceof RegistryCredentials.Anonymous;
    if (anonymous ? !policy.mayFollow(realm) : !policy.trusts(realm)) {
      throw policy.refusal("token server", realm);
    }
    String service = challenge.parameter("service").orElse("");
    if (credentials instanceof RegistryCredentials.IdentityToken identity) {
      return read(realm, sender.send(post(realm, refreshForm(identity, service, scopes), limits)));
    }
    HttpReply reply = sender.send(get(realm, service, scopes, credentials, limits));
    if (reply.status() == 404 || reply.status() == 405) {
      reply.close();
      reply = sender.send(post(realm, passwordForm(credentials, service, scopes), limits));
    }
    return read(realm, reply);
  }

  private static URI realm(Challenge challenge) {
    String text = challenge.parameter("realm").orElse("");
    try {
      URI realm = new URI(text);
      if (realm.isAbsolute() && realm.getHost() != null && realm.getRawUserInfo() == null) {
        return realm;
      }
    } catch (URISyntaxException e) {
      throw unusable(e);
    }
    throw unusable(null);
  }

  private static AccessException unusable(@Nullable Throwable cause) {
    AccessException refusal =
        new AccessException(ErrorCode.UNAUTHORIZED, "the challenge names no usable token server");
    if (cause != null) {
      refusal.addSuppressed(cause);
    }
    return refusal;
  }

  private static HttpCall get(
      URI realm,
      String service,
      Scopes scopes,
      RegistryCredentials credentials,
      CallLimits limits) {
    StringBuilder query = new StringBuilder();
    if (!service.isEmpty()) {
      query.append("&service=").append(encode(service));
    }
    for (String scope : scopes.wire()) {
      query.append("&scope=").append(encode(scope));
    }
    query.append("&client_id=").append(CLIENT_ID);
    Headers headers = Headers.empty();
    if (credentials instanceof RegistryCredentials.Password password) {
      query.append("&account=").append(encode(password.user()));
      headers = Headers.of("Authorization", BasicHeader.of(password));
    }
    String base = realm.toString().replaceFirst("#.*$", "");
    String glue = realm.getRawQuery() == null ? "?" : "&";
    URI uri = URI.create(base + glue + query.substring(1));
    return HttpCall.of("GET", uri, limits).withHeaders(headers);
  }

  private static Map<String, String> refreshForm(
      RegistryCredentials.IdentityToken identity, String service, Scopes scopes) {
    Map<String, String> form = form("refresh_token", service, scopes);
    form.put("refresh_token", identity.token());
    return form;
  }

  /** For nobody it has neither a name nor a password, as Azure's own clients send it. */
  private static Map<String, String> passwordForm(
      RegistryCredentials credentials, String service, Scopes scopes) {
    Map<String, String> form = form("password", service, scopes);
    if (credentials instanceof RegistryCredentials.Password password) {
      form.put("username", password.user());
      form.put("password", password.secret());
    }
    return form;
  }

  private static Map<String, String> form(String grantType, String service, Scopes scopes) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grantType);
    form.put("client_id", CLIENT_ID);
    if (!service.isEmpty()) {
      form.put("service", service);
    }
    form.put("scope", String.join(" ", scopes.wire()));
    return form;
  }

  private static HttpCall post(URI realm, Map<String, String> form, CallLimits limits) {
    StringBuilder text = new StringBuilder();
    form.forEach((name, value) -> text.append('&').append(name).append('=').append(encode(value)));
    return HttpCall.of("POST", realm, limits)
        .withHeaders(Headers.of("Content-Type", "application/x-www-form-urlencoded"))
        .withBody(HttpBody.of(Bytes.utf8(text.substring(1))));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Token read(URI realm, HttpReply reply) throws IOException {
    try (reply) {
      Optional<Bytes> body = reply.read(TokenDocument.MAX_LENGTH);
      if (reply.status() >= 500 || reply.status() == 429) {
        throw new IOException("the token server answered " + reply.status());
      }
      if (reply.status() != 200 || body.isEmpty()) {
        throw new AccessException(
            ErrorCode.UNAUTHORIZED,
            "the token server refused",
            Map.of(
                "host", String.valueOf(realm.getHost()),
                "status", Integer.toString(reply.status())));
      }
      return TokenDocument.read(body.get());
    }
  }
}
