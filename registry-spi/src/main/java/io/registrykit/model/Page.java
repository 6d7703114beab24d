package io.registrykit.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is sorted by the wire form of its entries. Immutable.
 *
 * @param <T> the type of the entries
 * @param items the entries, possibly none
 * @param next what to ask for as {@link PageRequest#after()} to go on, or null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** Copies the entries. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page with no entries and nothing behind it.
   *
   * @param <T> the type of the entries
   * @return the empty page
   */
  public static <T> Page<T> empty() {
    return new Page<>(List.of(), null);
  }

  /**
   * The same page with each entry turned into another.
   *
   * @param <R> the type of the new entries
   * @param mapper turns one entry
   * @return a page with the same {@link #next()}
   */
  public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
    return new Page<>(items.stream().<R>map(mapper).toList(), next);
  }

  /**
   * Where the next page starts.
   *
   * @return empty on the last page
   */
  public Optional<String> nextAfter() {
    return Optional.ofNullable(next);
  }
}
