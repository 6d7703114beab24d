package io.registrykit.store.fs.internal.pool;

import io.registrykit.model.Digest;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.layout.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories of the pool. One must be on disk before a blob moves into it: the blob would be
 * lost with it, and gone from where it was. Thread-safe.
 */
public final class Shards {
  private final Disk disk;
  private final Layout layout;
  private final Set<Path> ready = ConcurrentHashMap.newKeySet();

  /** The directories of a pool. */
  public Shards(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** Makes the directory of a blob, if need be, and sees to it that it is on disk. */
  public void prepare(Digest digest) throws IOException {
    Path shard = Disk.parent(layout.blob(digest));
    if (ready.contains(shard)) {
      return;
    }
    Path algorithm = Disk.parent(shard);
    List<Path> gained = new ArrayList<>();
    disk.createDirectories(shard, layout.root(), gained);
    // Those that are there may be so only in memory, if an earlier process made them and died.
    disk.sync(algorithm);
    if (!ready.contains(algorithm)) {
      disk.sync(layout.pool());
      ready.add(algorithm);
    }
    ready.add(shard);
  }
}
