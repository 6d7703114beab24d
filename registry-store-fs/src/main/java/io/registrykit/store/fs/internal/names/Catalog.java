package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Attributes;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sorted names of the repositories that exist: a file that names are added to, read when the
 * first list is asked for, and what came since. Thread-safe.
 */
public final class Catalog {
  private static final int CHUNK = 32 * 1024;
  private static final int MIN_DEAD = 10_000;

  private final Disk disk;
  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  /** Names that came, went or changed and are not in the file. */
  private Map<String, Presence> pending = new LinkedHashMap<>();

  /** Of those, what a checkpoint is writing. */
  private Map<String, Presence> beingSaved = new LinkedHashMap<>();

  /** The repositories that exist, and whether they are shown; null until a list is asked for. */
  private @Nullable NavigableMap<String, Presence> names;

  /** Another one after each change. */
  private long version;

  private long fileBytes = -1;
  private long fileEntries;

  /** Whether a repository exists. */
  enum Presence {
    /** It does not. */
    ABSENT(0),
    /** It does. */
    LISTED(1),
    /** It does, and is locked against listing. */
    HIDDEN(2);

    /** What stands for it in the file. */
    private final int code;

    Presence(int code) {
      this.code = code;
    }

    private static @Nullable Presence of(int code) {
      for (Presence each : values()) {
        if (each.code == code) {
          return each;
        }
      }
      return null;
    }

    static Presence of(@Nullable RepositoryState state) {
      return state == null ? ABSENT : of(state.attributes);
    }

    static Presence of(Attributes attributes) {
      return attributes.allows(Attributes.Use.LIST) ? LISTED : HIDDEN;
    }
  }

  Catalog(Disk disk, Layout layout) {
    this.disk = disk;
    this.file = layout.catalog();
  }

  /** A repository came into being, went, or is shown from now on or no more. */
  void set(RepositoryName name, Presence presence) {
    lock.lock();
    try {
      version++;
      pending.put(name.value(), presence);
      if (names != null) {
        apply(names, name.value(), presence);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void apply(Map<String, Presence> names, String name, Presence presence) {
    if (presence == Presence.ABSENT) {
      names.remove(name);
    } else {
      names.put(name, presence);
    }
  }

  /** A number that is another one after each change. */
  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A part of the names.
   *
   * @param hidden whether those that are not shown are among them
   */
  Page<RepositoryName> page(PageRequest request, boolean hidden) throws IOException {
    lock.lock();
    try {
      NavigableMap<String, Presence> all = loaded();
      String after = request.after();
      List<RepositoryName> items = new ArrayList<>(Math.min(request.limit(), 64));
      String last = null;
      for (var entry : (after == null ? all : all.tailMap(after, false)).entrySet()) {
        if (entry.getValue() == Presence.HIDDEN && !hidden) {
          continue;
        }
        if (items.size() == request.limit()) {
          return new Page<>(items, last);
        }
        items.add(new RepositoryName(entry.getKey()));
        last = entry.getKey();
      }
      return new Page<>(items, null);
    } finally {
      lock.unlock();
    }
  }

  private NavigableMap<String, Presence> loaded() throws IOException {
    NavigableMap<String, Presence> all = names;
    if (all == null) {
      all = read();
      for (Map<String, Presence> changes : List.of(beingSaved, pending)) {
        for (Map.Entry<String, Presence> change : changes.entrySet()) {
          apply(all, change.getKey(), change.getValue());
        }
      }
      names = all;
    }
    return all;
  }

  private NavigableMap<String, Presence> read() throws IOException {
    NavigableMap<String, Presence> found = new TreeMap<>();
    fileEntries = 0;
    try (FileHandle handle = disk.ops().openForRead(file)) {
      FrameReader frames = new FrameReader(handle, file);
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        In in = new In(frame);
        while (!in.atEnd()) {
          int code = in.u8();
          Presence presence = Presence.of(code);
          if (presence == null) {
            throw new IOException(file + " is damaged: it has an entry of kind " + code);
          }
          apply(found, in.text(), presence);
          fileEntries++;
        }
      }
      fileBytes = frames.position();
    } catch (NoSuchFileException e) {
      fileBytes = 0;
    }
    return found;
  }

  /** Sets aside what is to be saved; called while nobody commits. */
  void startSave() {
    lock.lock();
    try {
      beingSaved.putAll(pending);
      pending = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what was set aside, durably. */
  void save() throws IOException {
    lock.lock();
    try {
      if (beingSaved.isEmpty()) {
        return;
      }
      if (fileBytes < 0) {
        fileBytes = wholeBytes();
      }
      NavigableMap<String, Presence> all = names;
      if (all != null && fileEntries > 2L * all.size() + MIN_DEAD) {
        rewrite(all);
      } else {
        append();
      }
      beingSaved = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
  }

  private long wholeBytes() throws IOException {
    try (FileHandle handle = disk.ops().openForRead(file)) {
      FrameReader frames = new FrameReader(handle, file);
      byte[] frame = frames.next();
      while (frame != null) {
        frame = frames.next();
      }
      return frames.position();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private void append() throws IOException {
    Out out = new Out();
    beingSaved.forEach((name, presence) -> out.u8(presence.code).text(name));
    byte[] frame = Frame.of(out.toByteArray());
    boolean fresh = disk.ops().info(file).isEmpty();
    try (FileHandle handle = fresh ? disk.ops().create(file) : disk.ops().openForWrite(file)) {
      try {
        handle.write(ByteBuffer.wrap(frame), fileBytes);
      } catch (IOException e) {
        handle.truncate(fileBytes);
        throw e;
      }
      disk.force(handle);
    }
    if (fresh) {
      disk.sync(Disk.parent(file));
    }
    fileBytes += frame.length;
    fileEntries += beingSaved.size();
  }

  private void rewrite(Map<String, Presence> all) throws IOException {
    Out content = new Out();
    Out chunk = new Out();
    for (Map.Entry<String, Presence> entry : all.entrySet()) {
      chunk.u8(entry.getValue().code).text(entry.getKey());
      if (chunk.size() > CHUNK) {
        flush(chunk, content);
      }
    }
    flush(chunk, content);
    disk.replace(file, content.toByteArray());
    fileBytes = content.size();
    fileEntries = all.size();
  }

  private static void flush(Out chunk, Out content) {
    byte[] frame = Frame.of(chunk.toByteArray());
    content.raw(frame, 0, frame.length);
    chunk.reset();
  }
}
