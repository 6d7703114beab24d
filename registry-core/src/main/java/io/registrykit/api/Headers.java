package io.registrykit.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The headers of a request or response: names without regard to case, each with one or more values
 * in their order. Immutable.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(Map.of());

  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * No headers.
   *
   * @return the empty set
   */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Headers with the given names and values.
   *
   * @param namesAndValues name, value, name, value and so on
   * @return the headers
   * @throws IllegalArgumentException if a name has no value
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header has no value");
    }
    Builder builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /**
   * Starts a set of headers.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The first value of a header.
   *
   * @param name the name, in any case
   * @return the value, or empty when the header was not sent
   */
  public Optional<String> first(String name) {
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.get(0));
  }

  /**
   * All values of a header: one for each line that was sent.
   *
   * @param name the name, in any case
   * @return the values, possibly none
   */
  public List<String> all(String name) {
    List<String> all = values.get(name);
    return all == null ? List.of() : all;
  }

  /**
   * Visits every line.
   *
   * @param visitor gets the name, as it was first spelled, and one value
   */
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    values.forEach((name, all) -> all.forEach(value -> visitor.accept(name, value)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      sum += entry.getKey().toLowerCase(Locale.ROOT).hashCode() ^ entry.getValue().hashCode();
    }
    return sum;
  }

  /** The names alone, because a value may be a secret. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }

  /** Collects headers. Not safe for use by several threads at once. */
  public static final class Builder {
    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Builder() {}

    /**
     * Adds a value to those that the header has.
     *
     * @param name the name
     * @param value the value, without line breaks
     * @return this builder
     * @throws IllegalArgumentException if the value has a line break or a NUL
     */
    public Builder add(String name, String value) {
      values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(checked(value));
      return this;
    }

    /**
     * Gives a header one value, whatever it had.
     *
     * @param name the name
     * @param value the value, without line breaks
     * @return this builder
     * @throws IllegalArgumentException if the value has a line break or a NUL
     */
    public Builder set(String name, String value) {
      List<String> one = new ArrayList<>(1);
      one.add(checked(value));
      values.put(name, one);
      return this;
    }

    private static String checked(String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\n' || c == '\0') {
          throw new IllegalArgumentException("header value has a line break or a NUL");
        }
      }
      return value;
    }

    /**
     * Makes the headers; the builder can be used on.
     *
     * @return what was collected so far
     */
    public Headers build() {
      Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
      return new Headers(copy);
    }
  }
}
