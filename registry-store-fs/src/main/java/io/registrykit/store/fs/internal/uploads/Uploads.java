package io.registrykit.store.fs.internal.uploads;

import io.registrykit.error.LimitException;
import io.registrykit.model.Digest;
import io.registrykit.spi.store.BlobUpload;
import io.registrykit.spi.store.UploadId;
import io.registrykit.spi.store.UploadSpec;
import io.registrykit.spi.store.UploadStatus;
import io.registrykit.store.fs.internal.files.Disk;
import io.registrykit.store.fs.internal.files.FileInfo;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.files.SharedSync;
import io.registrykit.store.fs.internal.layout.Layout;
import io.registrykit.store.fs.internal.pool.BlobPool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open uploads. Thread-safe. */
public final class Uploads {
  /** Blobs up to this length travel through the log, in bytes. */
  public static final int SMALL_BLOB = 64 * 1024;

  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final String DATA = ".data";
  private static final Logger LOGGER = System.getLogger(Uploads.class.getName());
  private static final String SPEC = ".spec";

  private final Disk disk;
  private final Layout layout;
  private final Health health;
  private final BlobPool pool;
  private final Clock clock;
  private final int maxUploads;
  private final WriteOut writeOut;
  private final UploadSpecs specs;
  private final SharedSync directory;
  private final ConcurrentHashMap<UploadId, UploadSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final UploadTotals totals = new UploadTotals();

  /**
   * Uploads.
   *
   * @param maxUploads how many may be open
   * @param writeOut lets the disk begin early with large ones
   */
  public Uploads(
      Disk disk,
      Layout layout,
      Health health,
      BlobPool pool,
      Clock clock,
      int maxUploads,
      WriteOut writeOut) {
    this.disk = disk;
    this.layout = layout;
    this.health = health;
    this.pool = pool;
    this.clock = clock;
    this.maxUploads = maxUploads;
    this.writeOut = writeOut;
    this.specs = new UploadSpecs(disk.ops());
    this.directory = new SharedSync(disk, health, layout.uploads());
  }

  /** Finds what an earlier process left, and deletes what nobody can go on with. */
  public void load() throws IOException {
    List<Path> files = new ArrayList<>();
    disk.ops().list(layout.uploads(), files::add);
    for (Path file : files) {
      if (name(file).endsWith(SPEC)) {
        load(file);
      }
    }
    for (Path file : files) {
      String name = name(file);
      if (!name.endsWith(SPEC) && !(name.endsWith(DATA) && isKnown(name))) {
        disk.ops().delete(file);
      }
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private boolean isKnown(String dataName) {
    try {
      UploadId id = UploadId.parse(dataName.substring(0, dataName.length() - DATA.length()));
      return sessions.containsKey(id);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void load(Path file) throws IOException {
    String name = name(file);
    UploadId id;
    Optional<UploadSpec> spec;
    try {
      id = UploadId.parse(name.substring(0, name.length() - SPEC.length()));
      spec = readTwice(file);
    } catch (IllegalArgumentException e) {
      disk.ops().delete(file);
      return;
    } catch (IOException e) {
      // Its client starts anew, which is no reason to keep the store shut.
      LOGGER.log(Level.WARNING, "an upload is lost: " + e.getMessage());
      return;
    }
    if (spec.isEmpty()) {
      disk.ops().delete(file);
      return;
    }
    Optional<FileInfo> data = disk.ops().info(layout.uploadData(id));
    long size = data.map(FileInfo::size).orElse(0L);
    UploadSession session =
        new UploadSession(
            id,
            spec.get(),
            new UploadData(disk, layout.uploadData(id), data.isPresent(), SMALL_BLOB, writeOut),
            totals,
            health,
            size);
    sessions.put(id, session);
    count.incrementAndGet();
    totals.addBytes(size);
  }

  /** The second time it counts: an upload is too good to be lost by a moment. */
  private Optional<UploadSpec> readTwice(Path file) throws IOException {
    try {
      return specs.read(file);
    } catch (IOException e) {
      return specs.read(file);
    }
  }

  /** Starts an upload. */
  public BlobUpload begin(UploadSpec spec) throws IOException {
    health.ensureWritable();
    if (count.incrementAndGet() > maxUploads) {
      count.decrementAndGet();
      throw LimitException.tooMany(maxUploads + " uploads are open", RETRY);
    }
    UploadId id = UploadId.random();
    UploadData data = new UploadData(disk, layout.uploadData(id), false, SMALL_BLOB, writeOut);
    UploadSession session = new UploadSession(id, spec, data, totals, health);
    sessions.put(id, session);
    return new FileUpload(this, session, health);
  }

  /** Takes up an upload. */
  public Optional<BlobUpload> resume(UploadId id) throws IOException {
    health.ensureOpen();
    UploadSession session = sessions.get(id);
    if (session == null) {
      return Optional.empty();
    }
    session.hold();
    // It may have ended between the look and the hold.
    if (sessions.get(id) != session) {
      session.release();
      return Optional.empty();
    }
    return Optional.of(new FileUpload(this, session, health));
  }

  /** Looks at an upload. */
  public Optional<UploadStatus> status(UploadId id) throws IOException {
    health.ensureOpen();
    return Optional.ofNullable(sessions.get(id)).map(UploadSession::status);
  }

  /** Makes a blob of an upload and ends it. */
  void publish(UploadSession session, Digest digest) throws IOException {
    byte[] content = session.data().few(session.size());
    Arriving arrival = new Arriving(session, content, directory, health);
    boolean used = pool.publish(digest, arrival, clock.instant());
    end(session, !used);
  }

  /** Ends an upload. */
  void end(UploadSession session, boolean deleteData) throws IOException {
    if (sessions.remove(session.id(), session)) {
      count.decrementAndGet();
      totals.addBytes(-session.size());
      if (health.failed()) {
        // The log may have the blob all the same, and the next opening would need the bytes.
        session.data().close();
        return;
      }
      if (session.hasSpec()) {
        disk.ops().delete(layout.uploadSpec(session.id()));
      }
      if (deleteData) {
        session.data().delete();
      }
    }
  }

  /** Keeps an upload for later. */
  void park(UploadSession session) throws IOException {
    session.park(specs, layout.uploadSpec(session.id()), false);
  }

  /** Keeps every upload for the next process; the store is closed already. */
  public void parkAll() throws IOException {
    for (UploadSession session : sessions.values()) {
      session.park(specs, layout.uploadSpec(session.id()), true);
    }
  }

  /** Aborts uploads that started long ago and that nobody holds; returns how many. */
  public int purge(Instant startedBefore) throws IOException {
    health.ensureOpen();
    int purged = 0;
    for (UploadSession session : sessions.values()) {
      if (session.spec().startedAt().isBefore(startedBefore) && session.tryHold()) {
        try {
          if (sessions.get(session.id()) == session) {
            end(session, true);
            purged++;
          }
        } finally {
          session.release();
        }
      }
    }
    return purged;
  }

  /** How many uploads are open. */
  public long count() {
    return sessions.size();
  }

  /** How many bytes they have. */
  public long bytes() {
    return totals.bytes();
  }
}
