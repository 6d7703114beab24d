package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.RawManifest;
import io.registrykit.spi.store.CommitResult;
import io.registrykit.store.fs.internal.codec.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A commit on its way. Written by whoever holds the cell's commit lock. */
final class PendingCommit {
  /** What a commit does to a repository. */
  interface Work {
    /** Carries the commit out on a draft, which is taken back when the work is refused. */
    CommitResult run(Draft draft);
  }

  /** What the work came to. Immutable. */
  record Drafted(
      CommitResult result,
      List<Row> rows,
      Map<Digest, Bytes> contents,
      Map<Digest, RawManifest> again) {}

  final Work work;
  boolean done;
  @Nullable Drafted drafted;
  private @Nullable IOException ioFailure;
  private @Nullable RuntimeException failure;

  PendingCommit(Work work) {
    this.work = work;
  }

  void fail(Exception cause) {
    done = true;
    if (cause instanceof RuntimeException runtime) {
      failure = runtime;
    } else if (cause instanceof IOException io) {
      ioFailure = io;
    } else {
      ioFailure = new IOException(cause);
    }
  }

  CommitResult result() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (ioFailure != null) {
      throw ioFailure;
    }
    if (drafted == null) {
      throw new IllegalStateException("commit was not carried out");
    }
    return drafted.result();
  }
}
