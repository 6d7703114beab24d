package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts pages out of sorted maps, at a cost of the page. */
final class Paging {
  private static final String FIRST_HEX = "0".repeat(128);
  private static final String LAST_HEX = "f".repeat(128);

  private Paging() {}

  /** A page of a map by text, which is ASCII, so that the order of {@code String} is byte order. */
  static <V, T> Page<T> byText(
      NavigableMap<String, V> map, PageRequest request, Function<? super V, ? extends T> entry) {
    String after = request.after();
    return cut(after == null ? map : map.tailMap(after, false), request.limit(), entry);
  }

  /** A page of a map by digest; what to start behind may be any text. */
  static <V, T> Page<T> byDigest(
      NavigableMap<Digest, V> map, PageRequest request, Function<? super V, ? extends T> entry) {
    String after = request.after();
    if (after == null) {
      return cut(map, request.limit(), entry);
    }
    Bound bound = bound(after);
    return bound == null
        ? Page.empty()
        : cut(map.tailMap(bound.digest(), bound.inclusive()), request.limit(), entry);
  }

  private static <K, V, T> Page<T> cut(
      Map<K, V> rest, int limit, Function<? super V, ? extends T> entry) {
    List<T> items = new ArrayList<>(Math.min(limit, 64));
    K last = null;
    for (Map.Entry<K, V> next : rest.entrySet()) {
      if (items.size() == limit) {
        return new Page<>(items, String.valueOf(last));
      }
      items.add(entry.apply(next.getValue()));
      last = next.getKey();
    }
    return new Page<>(items, null);
  }

  private record Bound(Digest digest, boolean inclusive) {}

  /** Where the digests behind a text start, or null when there can be none. */
  private static @Nullable Bound bound(String after) {
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      String prefix = algorithm.id() + ":";
      if (after.startsWith(prefix)) {
        return within(algorithm, after.substring(prefix.length()));
      }
      if (after.compareTo(prefix) < 0) {
        return new Bound(first(algorithm), true);
      }
    }
    return null;
  }

  private static Bound within(DigestAlgorithm algorithm, String hex) {
    int most = algorithm.hexLength();
    for (int i = 0; i < Math.min(hex.length(), most); i++) {
      char c = hex.charAt(i);
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (!digit) {
        String start = hex.substring(0, i);
        if (c > 'f') {
          return new Bound(filled(algorithm, start, LAST_HEX), false);
        }
        return new Bound(filled(algorithm, c < '0' ? start : start + "a", FIRST_HEX), true);
      }
    }
    return hex.length() >= most
        ? new Bound(new Digest(algorithm, hex.substring(0, most)), false)
        : new Bound(filled(algorithm, hex, FIRST_HEX), true);
  }

  private static Digest first(DigestAlgorithm algorithm) {
    return filled(algorithm, "", FIRST_HEX);
  }

  private static Digest filled(DigestAlgorithm algorithm, String start, String fill) {
    return new Digest(algorithm, start + fill.substring(0, algorithm.hexLength() - start.length()));
  }
}
