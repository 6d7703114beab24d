package io.registrykit.store.fs.internal.check;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import java.io.IOException;

/** Goes through lists a page at a time. */
final class Pages {
  private static final int PAGE = 1000;

  private Pages() {}

  /** Something done with each entry. */
  interface Visitor<T> {
    void on(T item) throws IOException;
  }

  /** Reads a page. */
  interface Lister<T> {
    Page<T> list(PageRequest request) throws IOException;
  }

  static <T> void each(Lister<T> lister, Visitor<? super T> visitor) throws IOException {
    String after = null;
    do {
      Page<T> page = lister.list(new PageRequest(PAGE, after));
      for (T item : page.items()) {
        visitor.on(item);
      }
      after = page.next();
    } while (after != null);
  }
}
