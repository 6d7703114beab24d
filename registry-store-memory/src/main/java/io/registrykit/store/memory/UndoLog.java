package io.registrykit.store.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes maps and remembers how to take it back. Not safe for use by several threads at once. */
final class UndoLog {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  <K, V> @Nullable V put(Map<K, V> map, K key, V value) {
    V before = map.put(key, value);
    steps.push(() -> restore(map, key, before));
    return before;
  }

  <K, V> @Nullable V remove(Map<K, V> map, K key) {
    V before = map.remove(key);
    steps.push(() -> restore(map, key, before));
    return before;
  }

  private static <K, V> void restore(Map<K, V> map, K key, @Nullable V before) {
    if (before == null) {
      map.remove(key);
    } else {
      map.put(key, before);
    }
  }

  /** Remembers a step that was carried out elsewhere. */
  void add(Runnable undo) {
    steps.push(undo);
  }

  /** Takes everything back, the last step first. */
  void rollBack() {
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }
}
