package io.registrykit.store.fs.internal.uploads;

import io.registrykit.spi.store.UploadId;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.files.SharedSync;
import io.registrykit.store.fs.internal.pool.BlobPool;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An upload on its way into the pool. */
final class Arriving implements BlobPool.Arrival {
  private final UploadSession session;
  private final byte @Nullable [] content;
  private final SharedSync directory;
  private final Health health;

  Arriving(UploadSession session, byte @Nullable [] content, SharedSync directory, Health health) {
    this.session = session;
    this.content = content;
    this.directory = directory;
    this.health = health;
  }

  @Override
  public UploadId id() {
    return session.id();
  }

  @Override
  public long size() {
    return session.size();
  }

  @Override
  public Path data() {
    return session.data().path();
  }

  @Override
  public byte @Nullable [] content() {
    return content;
  }

  @Override
  public void prepare() throws IOException {
    if (content != null) {
      session.data().finish(false);
      return;
    }
    health.ensureWritable();
    try {
      session.data().finish(true);
    } catch (IOException e) {
      // The kernel may have dropped the pages; a second try would succeed and prove nothing.
      throw health.fail(e);
    }
    directory.sync();
  }
}
