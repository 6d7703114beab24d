package io.registrykit.store.memory;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;

/**
 * Cuts pages out of sorted maps. The keys are wire forms, all ASCII, so the order of {@code String}
 * is byte order, also against a starting point that is no such form.
 */
final class Paging {
  private Paging() {}

  static <V, T> Page<T> page(
      NavigableMap<String, V> map, PageRequest request, Function<? super V, ? extends T> entry) {
    NavigableMap<String, V> rest =
        request.after() == null ? map : map.tailMap(request.after(), false);
    List<T> items = new ArrayList<>();
    String last = null;
    for (Map.Entry<String, V> next : rest.entrySet()) {
      if (items.size() == request.limit()) {
        return new Page<>(items, last);
      }
      items.add(entry.apply(next.getValue()));
      last = next.getKey();
    }
    return new Page<>(items, null);
  }
}
