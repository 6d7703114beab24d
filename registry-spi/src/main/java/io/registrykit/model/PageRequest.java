package io.registrykit.model;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted: at most so many entries, behind a given one. Immutable.
 *
 * @param limit the most entries to return, one or more
 * @param after the wire form of the entry before the first wanted one, which need not exist; null
 *     starts at the beginning
 */
public record PageRequest(int limit, @Nullable String after) {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is below one
   */
  public PageRequest {
    if (limit < 1) {
      throw new IllegalArgumentException("page limit is below one");
    }
  }

  /**
   * The start of a list.
   *
   * @param limit the most entries to return
   * @return a request without a starting point
   */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }

  /**
   * The page of the same size behind an entry.
   *
   * @param last the wire form of the last entry seen
   * @return the request for what follows
   */
  public PageRequest next(String last) {
    return new PageRequest(limit, last);
  }
}
