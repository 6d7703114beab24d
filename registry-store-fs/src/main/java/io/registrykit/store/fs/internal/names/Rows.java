package io.registrykit.store.fs.internal.names;

import io.registrykit.store.fs.internal.codec.Row;
import java.util.function.Consumer;

/** Says everything about a repository in rows. */
final class Rows {
  private Rows() {}

  /** Visits the rows that make an empty cell the same; the caller holds a lock of the cell. */
  static void visit(Cell cell, Consumer<? super Row> visitor) {
    RepositoryState state = cell.state;
    if (state != null) {
      visitor.accept(new Row.RepositoryPut(state.createdAt, state.updatedAt, state.attributes));
      state.links.values().forEach(link -> visitor.accept(new Row.LinkPut(link)));
      state.manifests.values().forEach(record -> visitor.accept(new Row.ManifestPut(record)));
      state.tags.values().forEach(tag -> visitor.accept(new Row.TagPut(tag)));
    }
    cell.outbox.values().forEach(event -> visitor.accept(new Row.EventPut(event)));
  }
}
