package io.registrykit.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request: names, with regard to case, each with one or more values in their order.
 * Immutable.
 */
public final class Query {
  /** The most parameters that are taken from one request. */
  public static final int MAX_PARAMETERS = 256;

  private static final Query EMPTY = new Query(Map.of());

  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads a query as form data: {@code +} is a space, {@code %3A} a colon.
   *
   * @param raw what follows the question mark, still encoded, or null when there is none
   * @return the parameters
   * @throws IllegalArgumentException if an encoding is malformed or there are more than {@value
   *     #MAX_PARAMETERS} parameters
   */
  public static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    for (int start = 0; start <= raw.length(); ) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? raw.length() : ampersand;
      if (end > start) {
        if (++count > MAX_PARAMETERS) {
          throw new IllegalArgumentException(
              "query has more than " + MAX_PARAMETERS + " parameters");
        }
        int equals = raw.indexOf('=', start);
        boolean hasValue = equals >= 0 && equals < end;
        String name = decode(raw.substring(start, hasValue ? equals : end));
        String value = hasValue ? decode(raw.substring(equals + 1, end)) : "";
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return new Query(values);
  }

  private static String decode(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0
        ? text
        : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * The first value of a parameter.
   *
   * @param name the name
   * @return the value, {@code ""} when it was sent without one, or empty when it was not sent
   */
  public Optional<String> first(String name) {
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.get(0));
  }

  /**
   * All values of a parameter.
   *
   * @param name the name
   * @return the values, possibly none
   */
  public List<String> all(String name) {
    List<String> all = values.get(name);
    return all == null ? List.of() : List.copyOf(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Query that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names alone, because a value may be a secret. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
