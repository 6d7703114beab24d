package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
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
import java.util.NavigableSet;
import java.util.TreeSet;
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

  /** Names that came (true) or went (false) and are not in the file. */
  private Map<String, Boolean> pending = new LinkedHashMap<>();

  /** Of those, what a checkpoint is writing. */
  private Map<String, Boolean> beingSaved = new LinkedHashMap<>();

  private @Nullable NavigableSet<String> names;
  private long fileBytes = -1;
  private long fileEntries;

  Catalog(Disk disk, Layout layout) {
    this.disk = disk;
    this.file = layout.catalog();
  }

  /** A repository came into being or went. */
  void set(RepositoryName name, boolean exists) {
    lock.lock();
    try {
      pending.put(name.value(), exists);
      if (names != null) {
        apply(names, name.value(), exists);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void apply(NavigableSet<String> names, String name, boolean exists) {
    if (exists) {
      names.add(name);
    } else {
      names.remove(name);
    }
  }

  /** A part of the names. */
  Page<RepositoryName> page(PageRequest request) throws IOException {
    lock.lock();
    try {
      NavigableSet<String> all = loaded();
      String after = request.after();
      List<RepositoryName> items = new ArrayList<>(Math.min(request.limit(), 64));
      String last = null;
      for (String name : after == null ? all : all.tailSet(after, false)) {
        if (items.size() == request.limit()) {
          return new Page<>(items, last);
        }
        items.add(new RepositoryName(name));
        last = name;
      }
      return new Page<>(items, null);
    } finally {
      lock.unlock();
    }
  }

  private NavigableSet<String> loaded() throws IOException {
    NavigableSet<String> all = names;
    if (all == null) {
      all = read();
      for (Map<String, Boolean> changes : List.of(beingSaved, pending)) {
        for (Map.Entry<String, Boolean> change : changes.entrySet()) {
          apply(all, change.getKey(), change.getValue());
        }
      }
      names = all;
    }
    return all;
  }

  private NavigableSet<String> read() throws IOException {
    NavigableSet<String> found = new TreeSet<>();
    fileEntries = 0;
    try (FileHandle handle = disk.ops().openForRead(file)) {
      FrameReader frames = new FrameReader(handle, file);
      for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
        In in = new In(frame);
        while (!in.atEnd()) {
          boolean exists = in.u8() == 1;
          apply(found, in.text(), exists);
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
      NavigableSet<String> all = names;
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
    beingSaved.forEach((name, exists) -> out.u8(exists ? 1 : 0).text(name));
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

  private void rewrite(NavigableSet<String> all) throws IOException {
    Out content = new Out();
    Out chunk = new Out();
    for (String name : all) {
      chunk.u8(1).text(name);
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
