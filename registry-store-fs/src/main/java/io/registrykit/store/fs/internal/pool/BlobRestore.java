package io.registrykit.store.fs.internal.pool;

import io.registrykit.model.Digest;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileHandle;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.log.LogEntry;
import io.registrykit.store.fs.internal.log.Unsynced;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Redoes what the log says of blobs. For one thread. */
public final class BlobRestore {
  private final Disk disk;
  private final Layout layout;
  private final Unsynced unsynced;
  private final Shards shards;

  /**
   * A restore.
   *
   * @param unsynced takes what is to be synced before the log forgets it
   */
  public BlobRestore(Disk disk, Layout layout, Unsynced unsynced) {
    this.disk = disk;
    this.layout = layout;
    this.unsynced = unsynced;
    this.shards = new Shards(disk, layout);
  }

  /** A blob came: puts it in its place unless it is there; false when its bytes are nowhere. */
  public boolean came(LogEntry.BlobCame entry) throws IOException {
    Path blob = layout.blob(entry.digest());
    Path data = layout.uploadData(entry.upload());
    shards.prepare(entry.digest());
    byte[] content = entry.content();
    if (content == null) {
      boolean there = size(blob) == entry.size();
      if (!there && size(data) != entry.size()) {
        return false;
      }
      if (!there) {
        disk.ops().move(data, blob);
        disk.setReadOnly(blob);
      }
    } else if (!disk.holds(blob, ByteBuffer.wrap(content))) {
      disk.ops().delete(data);
      try (FileHandle handle = disk.ops().create(data)) {
        handle.write(ByteBuffer.wrap(content), 0);
      }
      disk.ops().move(data, blob);
      disk.setReadOnly(blob);
    }
    unsynced.addFile(blob);
    unsynced.addDirectory(Disk.parent(blob));
    return true;
  }

  private long size(Path file) throws IOException {
    return disk.ops().info(file).map(FileInfo::size).orElse(-1L);
  }

  /** A blob went: deletes it unless it is gone. */
  public void went(Digest digest) throws IOException {
    Path blob = layout.blob(digest);
    if (disk.ops().delete(blob)) {
      unsynced.addDirectory(Disk.parent(blob));
    }
  }
}
