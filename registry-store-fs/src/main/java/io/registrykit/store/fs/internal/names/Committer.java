package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.store.fs.internal.codec.Row;
import io.registrykit.store.fs.internal.files.FileErrors;
import io.registrykit.store.fs.internal.files.Health;
import io.registrykit.store.fs.internal.log.CommitLog;
import io.registrykit.store.fs.internal.log.LogEntry;
import io.registrykit.store.fs.internal.log.WriteGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries commits out: drafts them, writes their rows to the log, and only then lets readers see
 * them. Commits in one repository that come while the disk works share the next entry. Thread-safe.
 */
final class Committer {
  private static final int MAX_BATCH = 256;

  private final CommitLog log;
  private final WriteGate gate;
  private final Health health;
  private final ManifestFiles manifests;
  private final NameIndexes indexes;
  private final AtomicLong sequence;

  Committer(
      CommitLog log,
      WriteGate gate,
      Health health,
      ManifestFiles manifests,
      NameIndexes indexes,
      AtomicLong sequence) {
    this.log = log;
    this.gate = gate;
    this.health = health;
    this.manifests = manifests;
    this.indexes = indexes;
    this.sequence = sequence;
  }

  CommitResult commit(Cell cell, PendingCommit.Work work) throws IOException {
    health.ensureWritable();
    log.awaitRoom();
    PendingCommit commit = new PendingCommit(work);
    synchronized (cell.queue) {
      cell.queue.add(commit);
    }
    cell.committing.lock();
    try {
      while (!commit.done) {
        List<PendingCommit> batch = take(cell);
        try {
          gate.write(
              () -> {
                run(cell, batch);
                return batch;
              });
        } catch (IOException | RuntimeException e) {
          Exception failure = e instanceof IOException io ? translated(io) : e;
          batch.stream().filter(each -> !each.done).forEach(each -> each.fail(failure));
        }
      }
    } finally {
      cell.committing.unlock();
    }
    return commit.result();
  }

  /** Rows that take away, and what goes with them. */
  private static boolean frees(Row row) {
    return !(row instanceof Row.LinkPut
        || row instanceof Row.ManifestPut
        || row instanceof Row.TagPut);
  }

  private static Exception translated(IOException failure) {
    try {
      return FileErrors.translate(failure);
    } catch (RuntimeException full) {
      return full;
    }
  }

  private static List<PendingCommit> take(Cell cell) {
    List<PendingCommit> batch = new ArrayList<>();
    synchronized (cell.queue) {
      while (batch.size() < MAX_BATCH && !cell.queue.isEmpty()) {
        batch.add(cell.queue.remove());
      }
    }
    return batch;
  }

  private void run(Cell cell, List<PendingCommit> batch) throws IOException {
    List<Row> rows = new ArrayList<>();
    Map<Digest, Bytes> contents = new LinkedHashMap<>();
    for (PendingCommit.Drafted drafted : draft(cell, batch)) {
      rows.addAll(drafted.rows());
      contents.putAll(drafted.contents());
      for (RawManifest raw : drafted.again().values()) {
        if (!manifests.isWhole(cell.name, raw)) {
          contents.put(raw.digest(), raw.content());
        }
      }
    }
    if (!rows.isEmpty()) {
      for (Map.Entry<Digest, Bytes> content : contents.entrySet()) {
        manifests.write(cell.name, content.getKey(), content.getValue(), gate.unsynced());
      }
      byte[] encoded = RepositoryFiles.encode(rows);
      long number = sequence.incrementAndGet();
      log.append(
          new LogEntry.Commit(cell.name, number, encoded, contents),
          rows.stream().allMatch(Committer::frees));
      publish(cell, rows, new Cell.PendingRows(number, encoded));
    }
    batch.forEach(commit -> commit.done = true);
  }

  /** Carries the commits out one behind the other to see what they come to, and takes all back. */
  private static List<PendingCommit.Drafted> draft(Cell cell, List<PendingCommit> batch) {
    List<PendingCommit.Drafted> accepted = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    cell.lock.writeLock().lock();
    try {
      for (PendingCommit commit : batch) {
        Draft draft = new Draft(cell);
        try {
          CommitResult result = commit.work.run(draft);
          if (result instanceof CommitResult.Applied) {
            drafts.add(draft);
            commit.drafted =
                new PendingCommit.Drafted(result, draft.rows, draft.contents, draft.again);
            accepted.add(commit.drafted);
          } else {
            draft.rollBack();
            commit.drafted = new PendingCommit.Drafted(result, List.of(), Map.of(), Map.of());
          }
        } catch (RuntimeException e) {
          draft.rollBack();
          commit.fail(e);
        }
      }
    } finally {
      for (int i = drafts.size() - 1; i >= 0; i--) {
        drafts.get(i).rollBack();
      }
      cell.lock.writeLock().unlock();
    }
    return accepted;
  }

  private void publish(Cell cell, List<Row> rows, Cell.PendingRows encoded) {
    cell.lock.writeLock().lock();
    try {
      cell.publish(rows, encoded);
    } finally {
      cell.lock.writeLock().unlock();
    }
    indexes.changed(cell, rows);
  }
}
