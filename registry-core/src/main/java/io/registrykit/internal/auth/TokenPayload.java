package io.registrykit.internal.auth;

import io.registrykit.internal.json.JsonWriter;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.TokenGrant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the claims of a token in the way that every client reads: the Azure SDK for Java stops
 * looking for {@code exp} at the first nested value, and decodes the payload with the standard
 * Base64 alphabet. So {@code exp} goes first, and the text is such that the two alphabets agree on
 * it. Immutable.
 *
 * @param issuer who issues
 * @param tenant the tenant of the issuer, or null
 */
record TokenPayload(String issuer, @Nullable String tenant) {
  static final String USE = "grant_type";
  static final String STAMP = "stamp";
  static final String GROUPS = "groups";
  static final String ACCESS = "access";

  /** How far the clocks of two servers of one registry may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  String write(TokenGrant grant, String id, Instant now) {
    return escaped(
        JsonWriter.document(
                json -> {
                  json.integer("exp", grant.expiresAt().getEpochSecond());
                  json.integer("nbf", now.minus(CLOCK_SKEW).getEpochSecond());
                  json.integer("iat", now.getEpochSecond());
                  json.string("jti", id);
                  json.string("iss", issuer);
                  json.string("aud", grant.audience());
                  json.string("sub", grant.subject().name());
                  json.string("version", "1.0");
                  if (tenant != null) {
                    json.string("tid", tenant);
                  }
                  json.string(USE, useName(grant.use()));
                  json.string(STAMP, grant.stamp());
                  if (!grant.subject().groups().isEmpty()) {
                    json.array(GROUPS, array -> writeAll(array, grant.subject().groups()));
                  }
                  if (grant.use() == TokenGrant.Use.ACCESS) {
                    json.array(ACCESS, array -> writeAccess(array, grant.access()));
                  }
                })
            .toUtf8());
  }

  static String useName(TokenGrant.Use use) {
    return use == TokenGrant.Use.ACCESS ? "access_token" : "refresh_token";
  }

  private static void writeAll(JsonWriter json, Set<String> texts) throws IOException {
    for (String text : new TreeSet<>(texts)) {
      json.string(text);
    }
  }

  private static void writeAccess(JsonWriter json, Set<Access> accesses) throws IOException {
    Map<String, Set<String>> byName = new TreeMap<>();
    for (Access access : accesses) {
      RepositoryName repository = access.repository();
      byName
          .computeIfAbsent(repository == null ? "" : repository.value(), key -> new TreeSet<>())
          .add(access.action().scopeName());
    }
    for (Map.Entry<String, Set<String>> entry : byName.entrySet()) {
      boolean catalog = entry.getKey().isEmpty();
      json.object(
          fields -> {
            fields.string("type", catalog ? Scopes.REGISTRY : Scopes.REPOSITORY);
            fields.string("name", catalog ? Scopes.CATALOG : entry.getKey());
            fields.array(
                "actions",
                array ->
                    writeAll(
                        array, catalog ? Set.of(Action.CATALOG.scopeName()) : entry.getValue()));
          });
    }
  }

  /**
   * Writes as an escape every character whose bits could come out as one of the two letters in
   * which the alphabets differ: all beyond ASCII, and {@code >}, {@code ?}, {@code ~} and DEL. They
   * stand in JSON strings only.
   */
  static String escaped(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '>' || c == '?' || c >= '~') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
