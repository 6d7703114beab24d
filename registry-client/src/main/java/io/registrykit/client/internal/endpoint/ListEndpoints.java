package io.registrykit.client.internal.endpoint;

import io.registrykit.api.Headers;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpCall;
import io.registrykit.client.internal.http.HttpReply;
import io.registrykit.client.internal.http.Scopes;
import io.registrykit.client.internal.http.Transport;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls that list names. Immutable. */
public final class ListEndpoints {
  private static final int MAX_LENGTH = 16 * 1024 * 1024;
  private static final JsonReader.Source JSON = new JsonReader.Source(16, MAX_LENGTH);
  private static final Pattern NEXT =
      Pattern.compile("\\brel\\s*=\\s*\"?next\\b", Pattern.CASE_INSENSITIVE);

  private ListEndpoints() {}

  /**
   * Lists tags.
   *
   * @param context the repository
   * @param page which part
   * @return the tags, none when the repository does not exist
   */
  public static Page<Tag> tags(Context context, PageRequest page) {
    return context.call(
        limits ->
            names(
                context,
                context.uri("/tags/list?" + query(page)),
                Scopes.pull(context.repository()),
                "tags",
                page,
                Tag::new,
                limits));
  }

  /**
   * Whether a repository exists.
   *
   * @param context the repository
   * @return false when the registry does not know it
   */
  public static boolean exists(Context context) {
    return context.call(
        limits -> {
          Answer answer =
              context.answer(
                  HttpCall.of("GET", context.uri("/tags/list?n=1"), limits),
                  Scopes.pull(context.repository()));
          if (answer.status() != 200 && answer.status() != 404) {
            throw context.failure(answer);
          }
          return answer.status() == 200;
        });
  }

  /**
   * Lists repositories.
   *
   * @param context any repository of the registry
   * @param page which part
   * @return the names
   */
  public static Page<RepositoryName> repositories(Context context, PageRequest page) {
    return context.call(
        limits ->
            names(
                context,
                context.transport().uri("/v2/_catalog?" + query(page)),
                Scopes.catalog(),
                "repositories",
                page,
                RepositoryName::new,
                limits));
  }

  private static String query(PageRequest page) {
    String after = page.after();
    return "n="
        + page.limit()
        + (after == null ? "" : "&last=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
  }

  private static <T> Page<T> names(
      Context context,
      URI uri,
      Scopes scopes,
      String field,
      PageRequest page,
      Function<String, T> parse,
      CallLimits limits)
      throws IOException {
    HttpReply reply = context.transport().send(HttpCall.of("GET", uri, limits), scopes);
    if (reply.status() != 200) {
      Answer answer = Answer.of(reply);
      if (answer.status() == 404) {
        return Page.empty();
      }
      throw context.failure(answer);
    }
    try (reply) {
      Bytes body =
          reply
              .read(MAX_LENGTH)
              .orElseThrow(() -> LimitException.tooLarge("the list is too long", MAX_LENGTH));
      return page(page, read(body, field), nextLast(uri, reply.headers()), parse);
    }
  }

  private static List<String> read(Bytes body, String field) {
    List<String> names = new ArrayList<>();
    try {
      JSON.readObject(
          body,
          (json, name) -> {
            if (name.equals(field) && !json.isNull()) {
              names.addAll(json.strings());
            } else {
              json.skip();
            }
          });
    } catch (JsonFormatException e) {
      throw new InvalidContentException(
          ErrorCode.UNKNOWN, "the registry sent a malformed list: " + e.getMessage());
    }
    return names;
  }

  /**
   * Makes the page that was asked for, also of what a registry sends that pays no heed to the
   * request: all names, and those in any order.
   */
  private static <T> Page<T> page(
      PageRequest page, List<String> names, @Nullable String linked, Function<String, T> parse) {
    String after = page.after();
    boolean heeded = names.size() <= page.limit() && (after == null || !names.contains(after));
    List<String> wanted = new ArrayList<>(names);
    boolean more = linked != null && heeded && !names.isEmpty();
    if (!heeded) {
      wanted.sort(null);
      wanted.removeIf(name -> after != null && name.compareTo(after) <= 0);
      more = wanted.size() > page.limit();
      wanted = wanted.subList(0, Math.min(wanted.size(), page.limit()));
    }
    String last = wanted.isEmpty() ? null : wanted.get(wanted.size() - 1);
    String next = heeded && linked != null && !linked.isEmpty() ? linked : last;
    boolean circular = next == null || next.equals(after);
    List<T> items = new ArrayList<>();
    for (String name : wanted) {
      items.add(parsed(name, parse));
    }
    return new Page<>(items, more && !circular ? next : null);
  }

  private static <T> T parsed(String name, Function<String, T> parse) {
    try {
      return parse.apply(name);
    } catch (IllegalArgumentException e) {
      InvalidContentException malformed =
          new InvalidContentException(
              ErrorCode.NAME_INVALID, "the registry lists a malformed name");
      malformed.addSuppressed(e);
      throw malformed;
    }
  }

  /** The {@code last} of the link to the next page: null without a link, empty without a last. */
  static @Nullable String nextLast(URI base, Headers headers) throws IOException {
    URI next = next(base, headers);
    if (next == null) {
      return null;
    }
    String query = next.getRawQuery() == null ? "" : next.getRawQuery();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith("last=")) {
        return URLDecoder.decode(pair.substring(5), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /** The address of the next page, or null on the last; a line may have several links. */
  static @Nullable URI next(URI base, Headers headers) throws IOException {
    for (String line : headers.all("Link")) {
      int start = line.indexOf('<');
      while (start >= 0) {
        int end = line.indexOf('>', start);
        int following = end < 0 ? -1 : line.indexOf('<', end);
        int stop = following < 0 ? line.length() : following;
        String parameters = end < 0 ? "" : line.substring(end, stop);
        if (NEXT.matcher(parameters).find()) {
          return Transport.resolve(base, line.substring(start + 1, end));
        }
        start = following;
      }
    }
    return null;
  }
}
