package io.registrykit.internal.embedded;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Fills pages of a list of which some entries are not shown. Thread-safe. */
final class FilteredPages {
  /** A page costs at most so many of the store's, and then comes short, with more behind it. */
  private static final int MAX_ROUNDS = 16;

  private FilteredPages() {}

  /** Reads one page of the unfiltered list. */
  interface Source<T> {
    Page<T> read(PageRequest page) throws IOException;
  }

  static <T, R> Page<R> read(
      PageRequest wanted,
      Source<T> source,
      Predicate<? super T> shown,
      Function<? super T, ? extends R> mapper)
      throws IOException {
    List<R> items = new ArrayList<>();
    @Nullable String next = wanted.after();
    for (int round = 0; round < MAX_ROUNDS && items.size() < wanted.limit(); round++) {
      Page<T> page = source.read(new PageRequest(wanted.limit() - items.size(), next));
      for (T item : page.items()) {
        if (shown.test(item)) {
          items.add(mapper.apply(item));
        }
      }
      next = page.next();
      if (next == null) {
        break;
      }
    }
    return new Page<>(items, next);
  }
}
