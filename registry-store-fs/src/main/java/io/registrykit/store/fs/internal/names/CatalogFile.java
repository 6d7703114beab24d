package io.registrykit.store.fs.internal.names;

import io.registrykit.store.fs.internal.codec.Frame;
import io.registrykit.store.fs.internal.codec.FrameReader;
import io.registrykit.store.fs.internal.codec.In;
import io.registrykit.store.fs.internal.codec.Out;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The file of the catalog: the names of one time with the number of the edition behind them, and
 * the names that came and went since. The checkpoint knows how long it was, so that one that lost
 * its end is not taken for one whose last write stopped. For one thread at a time.
 */
final class CatalogFile {
  private static final int CHUNK = 32 * 1024;

  /** The kind of the entry that ends an edition; the others are those of {@link Presence}. */
  private static final int EDITION = 3;

  private final Disk disk;
  private final Layout layout;
  private final Path file;
  private CatalogMark mark = CatalogMark.NONE;
  private boolean known;
  private long entries;

  CatalogFile(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
    this.file = layout.catalog();
  }

  /** How far the file goes: what was expected, until it is read or written. */
  CatalogMark mark() {
    return mark;
  }

  /** Says how far the file goes at least. */
  void expect(CatalogMark least) {
    mark = least;
  }

  /** Whether the file was read or written, so that it can be added to. */
  boolean known() {
    return known;
  }

  /** How many entries it has; those of one name replace each other. */
  long entries() {
    return entries;
  }

  /**
   * Reads the file.
   *
   * @param visitor takes the entries, of which the last of a name counts
   * @throws IOException if it cannot be read, is damaged, or lacks something
   */
  void read(BiConsumer<String, Presence> visitor) throws IOException {
    CatalogMark found = CatalogMark.NONE;
    entries = 0;
    try (FileHandle handle = disk.ops().openForRead(file)) {
      FrameReader frames = new FrameReader(handle, file);
      long edition = 0;
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        In in = new In(frame);
        while (!in.atEnd()) {
          int code = in.u8();
          if (code == EDITION) {
            edition = in.number();
            continue;
          }
          Presence presence = Presence.of(code);
          if (presence == null) {
            throw new IOException(file + " is damaged: it has an entry of kind " + code);
          }
          visitor.accept(in.text(), presence);
          entries++;
        }
      }
      found = new CatalogMark(edition, frames.position());
    } catch (NoSuchFileException e) {
      if (!mark.equals(CatalogMark.NONE)) {
        throw new IOException(file + " is missing", e);
      }
    }
    if (found.edition() < mark.edition()
        || (found.edition() == mark.edition() && found.bytes() < mark.bytes())) {
      throw new IOException(file + " is damaged: it ends at byte " + found.bytes());
    }
    mark = found;
    known = true;
  }

  /**
   * Adds entries to a file that is known, durably.
   *
   * @throws NoSuchFileException if it went since
   */
  void append(Map<String, Presence> changes) throws IOException {
    Out out = new Out();
    changes.forEach((name, presence) -> out.u8(presence.code).text(name));
    byte[] frame = Frame.of(out.toByteArray());
    try (FileHandle handle = disk.ops().openForWrite(file)) {
      try {
        handle.write(ByteBuffer.wrap(frame), mark.bytes());
      } catch (IOException e) {
        handle.truncate(mark.bytes());
        throw e;
      }
      disk.force(handle);
    }
    mark = new CatalogMark(mark.edition(), mark.bytes() + frame.length);
    entries += changes.size();
  }

  /** Writes a new edition in the place of the file, durably and in one step. */
  void write(Map<String, Presence> all) throws IOException {
    Out content = new Out();
    Out chunk = new Out();
    for (Map.Entry<String, Presence> entry : all.entrySet()) {
      chunk.u8(entry.getValue().code).text(entry.getKey());
      if (chunk.size() > CHUNK) {
        flush(chunk, content);
      }
    }
    long edition = mark.edition() + 1;
    chunk.u8(EDITION).number(edition);
    flush(chunk, content);
    disk.replace(file, content.toByteArray());
    mark = new CatalogMark(edition, content.size());
    known = true;
    entries = all.size();
  }

  private static void flush(Out chunk, Out content) {
    byte[] frame = Frame.of(chunk.toByteArray());
    content.raw(frame, 0, frame.length);
    chunk.reset();
  }

  /** Keeps a damaged file where nobody reads it; what is to be kept is written anew then. */
  void setAside() throws IOException {
    disk.createDirectoriesNow(layout.quarantine(), layout.root());
    try {
      disk.ops().move(file, layout.quarantine().resolve("catalog"));
    } catch (NoSuchFileException e) {
      return;
    }
    disk.sync(layout.quarantine());
    disk.sync(layout.root());
  }
}
