package io.registrykit.store.fs.internal.names;

import io.registrykit.store.fs.internal.codec.Row;
import java.util.List;

/** What is kept over all repositories: which exist, which have events, which are to be saved. */
final class NameIndexes {
  private final Cells cells;
  private final Catalog catalog;
  private final EventIndex events;

  NameIndexes(Cells cells, Catalog catalog, EventIndex events) {
    this.cells = cells;
    this.catalog = catalog;
    this.events = events;
  }

  /** Rows became true; the caller holds the cell's commit lock. */
  void changed(Cell cell, List<Row> rows) {
    boolean existence = false;
    boolean outbox = false;
    for (Row row : rows) {
      existence |= row instanceof Row.RepositoryPut || row instanceof Row.RepositoryGone;
      outbox |= row instanceof Row.EventPut || row instanceof Row.EventGone;
    }
    cells.markUnsaved(cell);
    Presence presence = Presence.of(cell.state);
    if (existence && presence != cell.listed) {
      catalog.set(cell.name, presence);
      cell.listed = presence;
    }
    if (outbox) {
      events.set(cell.name, !cell.outbox.isEmpty());
    }
  }
}
