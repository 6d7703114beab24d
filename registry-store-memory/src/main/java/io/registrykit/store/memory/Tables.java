package io.registrykit.store.memory;

import io.registrykit.spi.store.EventRecord;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Everything about names; read and written under the lock of {@link MemoryRepositories}. */
final class Tables {
  final NavigableMap<String, RepositoryState> repositories = new TreeMap<>();

  /** Events that wait, by repository and id, the oldest first; no repository has an empty map. */
  final NavigableMap<String, Map<String, EventRecord>> outboxes = new TreeMap<>();

  final Capacity capacity;

  Tables(Capacity capacity) {
    this.capacity = capacity;
  }
}
