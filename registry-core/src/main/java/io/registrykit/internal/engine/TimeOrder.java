package io.registrykit.internal.engine;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Picks a page by time out of a list that is kept by name. Looks at every entry of the list, and
 * holds no more of them than the page has. Immutable.
 *
 * @param <T> the type of the entries
 * @param key the name of an entry
 * @param time the time of an entry
 */
record TimeOrder<T>(Function<? super T, String> key, Function<? super T, Instant> time) {
  private static final int SCAN = 1000;

  /**
   * Reads a page.
   *
   * @param wanted which page, in an order by time
   * @param source the list by name
   * @return the entries, and the name of the last one when there are more
   */
  Page<T> read(AcrPaging.Wanted wanted, Function<PageRequest, Page<T>> source) {
    Comparator<T> byTime = Comparator.comparing(entry -> time.apply(entry));
    boolean newestFirst = wanted.order() == AcrPaging.Order.NEWEST_FIRST;
    Comparator<T> order =
        (newestFirst ? byTime.reversed() : byTime)
            .thenComparing(Comparator.comparing(entry -> key.apply(entry)));
    // The last of those that are kept stands at the head, to give way to an earlier one.
    PriorityQueue<T> kept = new PriorityQueue<>(wanted.limit() + 2, order.reversed());
    PageRequest request = PageRequest.first(SCAN);
    boolean more = true;
    while (more) {
      Page<T> page = source.apply(request);
      for (T entry : page.items()) {
        if (isBehind(entry, wanted, newestFirst)) {
          kept.add(entry);
          if (kept.size() > wanted.limit() + 1) {
            kept.poll();
          }
        }
      }
      String next = page.next();
      more = next != null;
      request = next == null ? request : request.next(next);
    }
    List<T> sorted = new ArrayList<>(kept);
    sorted.sort(order);
    boolean cut = sorted.size() > wanted.limit();
    List<T> items = cut ? sorted.subList(0, wanted.limit()) : sorted;
    return new Page<>(items, cut ? key.apply(items.get(items.size() - 1)) : null);
  }

  private boolean isBehind(T entry, AcrPaging.Wanted wanted, boolean newestFirst) {
    @Nullable Instant lastTime = wanted.lastTime();
    String last = wanted.last();
    if (lastTime == null || last == null) {
      return true;
    }
    int compared = time.apply(entry).compareTo(lastTime);
    if (compared == 0) {
      return key.apply(entry).compareTo(last) > 0;
    }
    return newestFirst ? compared < 0 : compared > 0;
  }
}
