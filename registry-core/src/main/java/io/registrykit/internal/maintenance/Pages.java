package io.registrykit.internal.maintenance;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through a list page by page. Thread-safe. */
final class Pages {
  /** Few enough to hold, many enough that a page costs little by entry. */
  static final int SIZE = 1000;

  private Pages() {}

  /** Reads one page. */
  interface Source<T> {
    Page<T> read(PageRequest page) throws IOException;
  }

  /** Takes the entries of one page, and says whether to go on. */
  interface Visitor<T> {
    boolean visit(List<T> entries) throws IOException;
  }

  static <T> void walk(Source<T> source, Visitor<T> visitor) throws IOException {
    @Nullable String after = null;
    do {
      Page<T> page = source.read(new PageRequest(SIZE, after));
      if (!visitor.visit(page.items())) {
        return;
      }
      after = page.next();
    } while (after != null);
  }
}
