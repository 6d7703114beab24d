package io.registrykit.store.memory;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.UnsupportedException;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import io.registrykit.spi.store.CommitResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One commit: carries out its changes in turn, and takes all back when one is refused. */
final class Commit {
  private final UndoLog log = new UndoLog();
  private final Changes changes;

  Commit(Tables tables, RepositoryName repository, Instant at) {
    changes = new Changes(tables, repository, at, log);
  }

  CommitResult run(List<Change> list) {
    boolean applied = false;
    try {
      for (int i = 0; i < list.size(); i++) {
        Refusal refusal = apply(list.get(i));
        if (refusal != null) {
          return new CommitResult.Rejected(i, refusal.reason(), refusal.missing());
        }
      }
      applied = true;
      return changes.finish();
    } finally {
      if (!applied) {
        log.rollBack();
      }
    }
  }

  private @Nullable Refusal apply(Change change) {
    if (change instanceof Change.Require require) {
      return changes.require(require);
    } else if (change instanceof Change.RequireUnlocked require) {
      return changes.requireUnlocked(require);
    } else if (change instanceof Change.RequireUnused require) {
      return changes.requireUnused(require);
    } else if (change instanceof Change.LinkBlob link) {
      return changes.linkBlob(link);
    } else if (change instanceof Change.UnlinkBlob unlink) {
      return changes.unlinkBlob(unlink);
    } else if (change instanceof Change.PutManifest put) {
      return changes.putManifest(put);
    } else if (change instanceof Change.DeleteManifest delete) {
      return changes.deleteManifest(delete);
    } else if (change instanceof Change.SetTag set) {
      return changes.setTag(set);
    } else if (change instanceof Change.DeleteTag delete) {
      return changes.deleteTag(delete);
    } else if (change instanceof Change.DeleteRepository) {
      return changes.deleteRepository();
    } else if (change instanceof Change.SetAttributes set) {
      return changes.setAttributes(set);
    } else if (change instanceof Change.Publish publish) {
      return changes.publish(publish);
    }
    throw new UnsupportedException(
        ErrorCode.UNSUPPORTED, "store does not know " + change.getClass().getSimpleName());
  }
}
