package io.registrykit.internal.engine;

import io.registrykit.api.Query;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.model.PageRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for, as Azure Container Registry has it: 100 entries unless told
 * otherwise and 1000 at most, by name or by the time of the last update. Immutable.
 */
final class AcrPaging {
  private static final int USUAL = 100;
  private static final int MOST = 1000;
  private static final String LAST_TIME = "lasttime";

  private final int most;

  AcrPaging(int maxPageEntries) {
    this.most = Math.min(MOST, maxPageEntries);
  }

  /** In which order. Immutable. */
  enum Order {
    NAME,
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /**
   * A page that is asked for. Immutable.
   *
   * @param limit how many entries at most
   * @param last the name behind which it starts, or null
   * @param lastTime the time of that entry, or null; for orders by time
   * @param order in which order
   */
  record Wanted(int limit, @Nullable String last, @Nullable Instant lastTime, Order order) {

    PageRequest byName() {
      return new PageRequest(limit, last);
    }

    /** The link to the next page. */
    LinkHeader link(String path, String next) {
      LinkHeader link = LinkHeader.to(path).with("last", next);
      link.with("n", Integer.toString(limit));
      if (order != Order.NAME) {
        link.with("orderby", order == Order.NEWEST_FIRST ? "timedesc" : "timeasc");
      }
      return link;
    }
  }

  Wanted read(Query query) {
    long limit = Math.min(USUAL, most);
    String n = query.first("n").filter(text -> !text.isEmpty()).orElse(null);
    if (n != null) {
      limit = Decimal.parse(n, 0, n.length());
      if (limit < 1) {
        throw new InvalidContentException(
            ErrorCode.PAGINATION_NUMBER_INVALID, "n needs to be a number from one up");
      }
    }
    String last = query.first("last").filter(text -> !text.isEmpty()).orElse(null);
    return new Wanted((int) Math.min(limit, most), last, lastTime(query), order(query));
  }

  private static @Nullable Instant lastTime(Query query) {
    try {
      return query.first(LAST_TIME).map(Instant::parse).orElse(null);
    } catch (DateTimeParseException e) {
      throw new InvalidContentException(
          ErrorCode.PAGINATION_NUMBER_INVALID, LAST_TIME + " is no time");
    }
  }

  private static Order order(Query query) {
    return switch (query.first("orderby").orElse("")) {
      case "", "none" -> Order.NAME;
      case "timedesc" -> Order.NEWEST_FIRST;
      case "timeasc" -> Order.OLDEST_FIRST;
      default ->
          throw new InvalidContentException(
              ErrorCode.PAGINATION_NUMBER_INVALID, "orderby needs to be timedesc or timeasc");
    };
  }

  /** The parameter that carries the time of the last entry from page to page. */
  static LinkHeader withTime(LinkHeader link, Instant time) {
    return link.with(LAST_TIME, time.toString());
  }
}
