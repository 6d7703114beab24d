package io.registrykit.store.fs.internal.names;

import io.registrykit.model.RepositoryName;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Which repositories have events that wait. Thread-safe. */
public final class EventIndex {
  private final NavigableSet<RepositoryName> names = new ConcurrentSkipListSet<>();

  /** Notes whether events wait. */
  public void set(RepositoryName name, boolean waiting) {
    if (waiting) {
      names.add(name);
    } else {
      names.remove(name);
    }
  }

  /** The repositories, sorted; a copy. */
  public List<RepositoryName> names() {
    return List.copyOf(names);
  }
}
