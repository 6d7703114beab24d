package io.registrykit.store.fs.internal.recovery;

import io.registrykit.model.RepositoryName;
import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.pool.BlobCounters;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the log starts and what was true there. Immutable.
 *
 * @param firstSegment the first segment of the log whose entries may not be in the files
 * @param counts the blobs at its start
 * @param sequence the last sequence number before it
 * @param withEvents the repositories in which events waited
 * @param held the repositories that could not be read, and have commits beside their files
 */
public record CheckpointFile(
    long firstSegment,
    BlobCounters.Counts counts,
    long sequence,
    List<RepositoryName> withEvents,
    List<RepositoryName> held) {

  /** Copies the lists. */
  public CheckpointFile {
    withEvents = List.copyOf(withEvents);
    held = List.copyOf(held);
  }

  /** Whether the store never had one. */
  public boolean isFirst() {
    return firstSegment == 1;
  }

  /** Writes it in the place of the one before. */
  public void write(Disk disk, Layout layout) throws IOException {
    Out out = new Out();
    out.number(firstSegment).number(counts.blobs()).number(counts.bytes()).number(sequence);
    write(out, withEvents);
    write(out, held);
    disk.replace(layout.checkpoint(), Frame.of(out.toByteArray()));
  }

  private static void write(Out out, List<RepositoryName> names) {
    out.number(names.size());
    names.forEach(name -> out.text(name.value()));
  }

  private static List<RepositoryName> names(In in) throws IOException {
    List<RepositoryName> names = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      names.add(new RepositoryName(in.text()));
    }
    return names;
  }

  /** Reads it; a store that has none is new. */
  public static CheckpointFile read(Disk disk, Layout layout) throws IOException {
    Path file = layout.checkpoint();
    byte[] frame;
    try (FileHandle handle = disk.ops().openForRead(file)) {
      frame = new FrameReader(handle, file).next();
    } catch (NoSuchFileException e) {
      return new CheckpointFile(1, new BlobCounters.Counts(0, 0), 0, List.of(), List.of());
    }
    if (frame == null) {
      throw new IOException(file + " is damaged");
    }
    In in = new In(frame);
    long firstSegment = in.number();
    BlobCounters.Counts counts = new BlobCounters.Counts(in.number(), in.number());
    long sequence = in.number();
    List<RepositoryName> withEvents = names(in);
    // Stores of earlier builds held nothing, and their files end here.
    List<RepositoryName> held = in.atEnd() ? List.of() : names(in);
    return new CheckpointFile(firstSegment, counts, sequence, withEvents, held);
  }
}
