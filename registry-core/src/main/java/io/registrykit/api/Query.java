package io.registrykit.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request: names, with regard to case, each with one or more values in their order.
 * Immutable.
 *
 * <p>A query that cannot be read is one, too: {@link #problem()} tells what is wrong with it, and
 * the engine answers such a request with an error like every other.
 */
public final class Query {
  /** The most parameters that are taken from one request. */
  public static final int MAX_PARAMETERS = 1100;

  /** The longest query that is taken, in characters: the tags of one push fit into it. */
  public static final int MAX_LENGTH = 160 * 1024;

  private static final Query EMPTY = new Query(List.of(), null, false);

  /** Name, value, name, value; the parameters in their order. */
  private final List<String> pairs;

  private final @Nullable String problem;
  private final boolean tooLong;

  private Query(List<String> pairs, @Nullable String problem, boolean tooLong) {
    this.pairs = pairs;
    this.problem = problem;
    this.tooLong = tooLong;
  }

  /**
   * Reads a query as form data: {@code +} is a space, {@code %3A} a colon.
   *
   * @param raw what follows the question mark, still encoded, or null when there is none
   * @return the parameters; none, and a {@link #problem()}, if an encoding is malformed or there
   *     are more than {@value #MAX_PARAMETERS} parameters or {@value #MAX_LENGTH} characters
   */
  public static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    if (raw.length() > MAX_LENGTH) {
      return tooLong("query is longer than " + MAX_LENGTH + " characters");
    }
    List<String> pairs = new ArrayList<>(4);
    for (int start = 0; start <= raw.length(); ) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? raw.length() : ampersand;
      if (end > start) {
        if (pairs.size() == 2 * MAX_PARAMETERS) {
          return tooLong("query has more than " + MAX_PARAMETERS + " parameters");
        }
        int equals = raw.indexOf('=', start);
        boolean hasValue = equals >= 0 && equals < end;
        try {
          pairs.add(decode(raw.substring(start, hasValue ? equals : end)));
          pairs.add(hasValue ? decode(raw.substring(equals + 1, end)) : "");
        } catch (IllegalArgumentException e) {
          return new Query(List.of(), "query has a malformed percent-encoding", false);
        }
      }
      start = end + 1;
    }
    return new Query(pairs, null, false);
  }

  private static Query tooLong(String problem) {
    return new Query(List.of(), problem, true);
  }

  private static String decode(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0
        ? text
        : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * Why the query could not be read.
   *
   * @return a text for people, or empty when nothing is wrong
   */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Whether the query is over a limit, which has a status of its own (414).
   *
   * @return false when nothing is wrong with the query, or something else
   */
  public boolean isTooLong() {
    return tooLong;
  }

  /**
   * Whether there are no parameters.
   *
   * @return true for an empty query
   */
  public boolean isEmpty() {
    return pairs.isEmpty();
  }

  /**
   * The first value of a parameter.
   *
   * @param name the name
   * @return the value, {@code ""} when it was sent without one, or empty when it was not sent
   */
  public Optional<String> first(String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        return Optional.of(pairs.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * All values of a parameter.
   *
   * @param name the name
   * @return the values, possibly none
   */
  public List<String> all(String name) {
    List<String> all = null;
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        all = all == null ? new ArrayList<>(2) : all;
        all.add(pairs.get(i + 1));
      }
    }
    return all == null ? List.of() : List.copyOf(all);
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      names.add(pairs.get(i));
    }
    return names;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Query that)
        || pairs.size() != that.pairs.size()
        || (problem == null) != (that.problem == null)) {
      return false;
    }
    for (String name : names()) {
      if (!all(name).equals(that.all(name))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (String name : names()) {
      sum += name.hashCode() ^ all(name).hashCode();
    }
    return sum;
  }

  /** The names alone, because a value may be a secret. */
  @Override
  public String toString() {
    return names().toString();
  }
}
