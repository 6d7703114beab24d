package io.registrykit.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request or response: names without regard to case, each with one or more values
 * in their order. Immutable.
 *
 * <p>A message has about ten lines, so that a search from the first to the last is faster than any
 * map.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(new String[0], 0);

  /** Name, value, name, value; the lines in their order. */
  private final String[] lines;

  private final int used;

  private Headers(String[] lines, int used) {
    this.lines = lines;
    this.used = used;
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
    Builder builder = new Builder(namesAndValues.length);
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
    return new Builder(Builder.USUAL_LENGTH);
  }

  /**
   * The first value of a header.
   *
   * @param name the name, in any case
   * @return the value, or empty when the header was not sent
   */
  public Optional<String> first(String name) {
    return Optional.ofNullable(firstOrNull(name));
  }

  private @Nullable String firstOrNull(String name) {
    for (int i = 0; i < used; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        return lines[i + 1];
      }
    }
    return null;
  }

  /**
   * All values of a header: one for each line that was sent.
   *
   * @param name the name, in any case
   * @return the values, possibly none
   */
  public List<String> all(String name) {
    List<String> all = null;
    for (int i = 0; i < used; i += 2) {
      if (lines[i].equalsIgnoreCase(name)) {
        all = all == null ? new ArrayList<>(2) : all;
        all.add(lines[i + 1]);
      }
    }
    return all == null ? List.of() : List.copyOf(all);
  }

  /**
   * Visits every line.
   *
   * @param visitor gets the name, as it was spelled in this line, and one value
   */
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    for (int i = 0; i < used; i += 2) {
      visitor.accept(lines[i], lines[i + 1]);
    }
  }

  /**
   * How large the headers are.
   *
   * @return the characters of all names and values
   */
  public int characters() {
    int sum = 0;
    for (int i = 0; i < used; i++) {
      sum += lines[i].length();
    }
    return sum;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < used; i += 2) {
      names.add(lines[i].toLowerCase(Locale.ROOT));
    }
    return names;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Headers that) || used != that.used) {
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

  /** Collects headers. Not safe for use by several threads at once. */
  public static final class Builder {
    private static final int USUAL_LENGTH = 16;

    private String[] lines;
    private int used;

    /** Whether headers that were built use the array, which is copied then before a change. */
    private boolean shared;

    private Builder(int length) {
      this.lines = new String[length];
    }

    /**
     * Adds a value to those that the header has.
     *
     * @param name the name
     * @param value the value, without line breaks
     * @return this builder
     * @throws IllegalArgumentException if the value has a line break or a NUL
     */
    public Builder add(String name, String value) {
      checked(value);
      own(used + 2);
      lines[used] = name;
      lines[used + 1] = value;
      used += 2;
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
      checked(value);
      own(used);
      int kept = 0;
      for (int i = 0; i < used; i += 2) {
        if (!lines[i].equalsIgnoreCase(name)) {
          lines[kept] = lines[i];
          lines[kept + 1] = lines[i + 1];
          kept += 2;
        }
      }
      used = kept;
      return add(name, value);
    }

    private void own(int needed) {
      if (shared || needed > lines.length) {
        lines = Arrays.copyOf(lines, needed > lines.length ? needed * 2 : lines.length);
        shared = false;
      }
    }

    private static void checked(String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\n' || c == '\0') {
          throw new IllegalArgumentException("header value has a line break or a NUL");
        }
      }
    }

    /**
     * Makes the headers; the builder can be used on.
     *
     * @return what was collected so far
     */
    public Headers build() {
      shared = true;
      return used == 0 ? EMPTY : new Headers(lines, used);
    }
  }
}
