package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.store.fs.internal.codec.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A repository as it will be, and the rows that make it so. Used under the cell's lock. */
final class Draft {
  final Cell cell;
  final List<Row> rows = new ArrayList<>();
  final Map<Digest, Bytes> contents = new LinkedHashMap<>();

  /** The bytes of manifests that are there already, in case their files are not. */
  final Map<Digest, RawManifest> again = new LinkedHashMap<>();

  private final UndoLog undo = new UndoLog();

  Draft(Cell cell) {
    this.cell = cell;
  }

  void add(Row row) {
    rows.add(row);
    cell.apply(row, undo);
  }

  /** Adds a row on which nothing in the same draft depends. */
  void addUnseen(Row row) {
    rows.add(row);
  }

  void rollBack() {
    undo.rollBack();
  }
}
