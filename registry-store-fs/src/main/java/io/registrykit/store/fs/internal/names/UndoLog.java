package io.registrykit.store.fs.internal.names;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes maps and remembers how to take it back. Not safe for use by several threads at once. */
final class UndoLog {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final boolean remembering;

  UndoLog() {
    this(true);
  }

  private UndoLog(boolean remembering) {
    this.remembering = remembering;
  }

  /** A log for what is never taken back. */
  static UndoLog forgetting() {
    return new UndoLog(false);
  }

  <K, V> @Nullable V put(Map<K, V> map, K key, V value) {
    V before = map.put(key, value);
    if (remembering) {
      steps.push(() -> restore(map, key, before));
    }
    return before;
  }

  <K, V> @Nullable V remove(Map<K, V> map, K key) {
    V before = map.remove(key);
    if (before != null && remembering) {
      steps.push(() -> map.put(key, before));
    }
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
    if (remembering) {
      steps.push(undo);
    }
  }

  /** Takes everything back, the last step first. */
  void rollBack() {
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }
}
