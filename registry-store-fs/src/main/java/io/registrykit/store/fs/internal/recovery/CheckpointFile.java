package io.registrykit.store.fs.internal.recovery;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.names.CatalogMark;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the log starts and what was true there. Immutable.
 *
 * <p>There are two files of it, the second written when the first is on disk, and before anything
 * goes that the one before needs: if one is damaged or missing, the other has what an opening
 * needs.
 *
 * @param firstSegment the first segment of the log whose entries may not be in the files
 * @param counts the blobs at its start
 * @param sequence the last sequence number before it
 * @param withEvents the repositories in which events waited
 * @param held the repositories that could not be read, and have commits beside their files
 * @param catalog how far the list of repositories went
 */
public record CheckpointFile(
    long firstSegment,
    BlobCounters.Counts counts,
    long sequence,
    List<RepositoryName> withEvents,
    List<RepositoryName> held,
    CatalogMark catalog) {

  private static final Logger LOGGER = System.getLogger(CheckpointFile.class.getName());

  /** That of a store which never had one. */
  private static final CheckpointFile FIRST =
      new CheckpointFile(
          1, new BlobCounters.Counts(0, 0), 0, List.of(), List.of(), CatalogMark.NONE);

  /** Copies the lists. */
  public CheckpointFile {
    withEvents = List.copyOf(withEvents);
    held = List.copyOf(held);
  }

  /** Whether the store never had one. */
  public boolean isFirst() {
    return firstSegment == 1;
  }

  /** The same with another mark of the catalog. */
  CheckpointFile with(CatalogMark mark) {
    return new CheckpointFile(firstSegment, counts, sequence, withEvents, held, mark);
  }

  /** Writes it in the place of the one before. */
  public void write(Disk disk, Layout layout) throws IOException {
    Out out = new Out();
    out.number(firstSegment).number(counts.blobs()).number(counts.bytes()).number(sequence);
    write(out, withEvents);
    write(out, held);
    out.number(catalog.edition()).number(catalog.bytes());
    byte[] frame = Frame.of(out.toByteArray());
    disk.replace(layout.checkpoint(), frame);
    disk.replace(layout.checkpointCopy(), frame);
  }

  private static void write(Out out, List<RepositoryName> names) {
    out.number(names.size());
    names.forEach(name -> out.text(name.value()));
  }

  /**
   * Reads it; a store that has none is new.
   *
   * @throws IOException if both files are damaged, or missing in a store that had them
   */
  public static CheckpointFile read(Disk disk, Layout layout) throws IOException {
    try {
      return read(disk, layout.checkpoint());
    } catch (IOException e) {
      return readCopy(disk, layout, e);
    }
  }

  private static CheckpointFile readCopy(Disk disk, Layout layout, IOException why)
      throws IOException {
    boolean missing = why instanceof NoSuchFileException;
    try {
      CheckpointFile copy = read(disk, layout.checkpointCopy());
      LOGGER.log(
          Level.ERROR,
          "opening with "
              + layout.checkpointCopy()
              + ": "
              + (missing ? layout.checkpoint() + " is missing" : why.getMessage()));
      return copy;
    } catch (NoSuchFileException e) {
      if (!missing) {
        throw why;
      }
    } catch (IOException e) {
      why.addSuppressed(e);
      throw missing ? new IOException(layout.checkpoint() + " is missing", why) : why;
    }
    if (hadOne(disk, layout)) {
      throw new IOException(layout.checkpoint() + " is missing", why);
    }
    return FIRST;
  }

  /** A store keeps its first segment until it has a checkpoint. */
  private static boolean hadOne(Disk disk, Layout layout) throws IOException {
    List<Path> repositories = new ArrayList<>();
    disk.ops().list(layout.repositories(), repositories::add);
    boolean used = !repositories.isEmpty() || disk.ops().info(layout.catalog()).isPresent();
    return used && disk.ops().info(layout.segment(1)).isEmpty();
  }

  private static CheckpointFile read(Disk disk, Path file) throws IOException {
    byte[] frame;
    try (FileHandle handle = disk.ops().openForRead(file)) {
      frame = new FrameReader(handle, file).next();
    }
    if (frame == null) {
      throw new IOException(file + " is damaged");
    }
    In in = new In(frame);
    long firstSegment = in.number();
    BlobCounters.Counts counts = new BlobCounters.Counts(in.number(), in.number());
    long sequence = in.number();
    List<RepositoryName> withEvents = names(in);
    // Files of earlier builds end here, or behind what is held.
    List<RepositoryName> held = in.atEnd() ? List.of() : names(in);
    CatalogMark catalog = in.atEnd() ? CatalogMark.NONE : new CatalogMark(in.number(), in.number());
    return new CheckpointFile(firstSegment, counts, sequence, withEvents, held, catalog);
  }

  private static List<RepositoryName> names(In in) throws IOException {
    List<RepositoryName> names = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      names.add(new RepositoryName(in.text()));
    }
    return names;
  }
}
