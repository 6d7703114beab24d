package io.registrykit.internal.engine;

import io.registrykit.api.Query;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: {@code n} and {@code last}. Immutable.
 *
 * @param limit how many entries at most; zero asks for none
 * @param last the entry behind which the page starts, or null
 */
record PageParameters(int limit, @Nullable String last) {

  /**
   * Reads the parameters.
   *
   * @param query the query
   * @param most the most entries of one page, which is also the default
   * @return the page
   * @throws InvalidContentException ({@code PAGINATION_NUMBER_INVALID}) if {@code n} is no number
   */
  static PageParameters read(Query query, int most) {
    if (query.isEmpty()) {
      return new PageParameters(most, null);
    }
    long limit = most;
    String n = query.first("n").orElse(null);
    if (n != null) {
      limit = Decimal.parse(n, 0, n.length());
      if (limit < 0) {
        throw new InvalidContentException(
            ErrorCode.PAGINATION_NUMBER_INVALID, "n needs to be a number from zero up");
      }
    }
    String last = query.first("last").orElse("");
    return new PageParameters((int) Math.min(limit, most), last.isEmpty() ? null : last);
  }

  boolean isNone() {
    return limit == 0;
  }

  /** The page; not for {@link #isNone()}. */
  PageRequest request() {
    return new PageRequest(limit, last);
  }
}
