package io.registrykit.internal.copy;

import io.registrykit.Repository;
import io.registrykit.RepositoryReader;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Moves blobs, several at once, as long as not too many bytes are under way. Not safe for use by
 * several threads at once.
 */
public final class BlobMover {
  /** What one permit stands for, so that the permits fit an {@code int}. */
  private static final long UNIT = 64 * 1024;

  private final RepositoryReader source;
  private final Repository destination;
  private final CopySession session;
  private final Flights flights;
  private final Optional<RepositoryName> neighbour;
  private final int parallelism;
  private final int permits;
  private final Semaphore inFlight;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * A mover.
   *
   * @param source where blobs come from
   * @param destination where they go
   * @param parallelism how many at once
   * @param maxBytesInFlight how many bytes of blobs at once
   * @param session what the copy knows so far
   * @param flights keeps copies that run at once from sending the same
   */
  public BlobMover(
      RepositoryReader source,
      Repository destination,
      int parallelism,
      long maxBytesInFlight,
      CopySession session,
      Flights flights) {
    this.source = source;
    this.destination = destination;
    this.session = session;
    this.flights = flights;
    this.neighbour = destination.isBeside(source) ? Optional.of(source.name()) : Optional.empty();
    this.parallelism = parallelism;
    this.permits = (int) Math.max(1, Math.min(maxBytesInFlight / UNIT, Integer.MAX_VALUE));
    this.inFlight = new Semaphore(permits);
  }

  /**
   * Moves blobs, and returns when all are there or one failed and the others have ended.
   *
   * @param blobs the blobs with their lengths
   */
  public void move(Map<Digest, Long> blobs) {
    if (blobs.isEmpty()) {
      return;
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(parallelism, blobs.size()),
            task -> {
              Thread thread = new Thread(task, "registry-copy");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ExecutorCompletionService<Digest> running = new ExecutorCompletionService<>(workers);
      List<Future<Digest>> all = new ArrayList<>();
      blobs.forEach((digest, size) -> all.add(running.submit(() -> moveOne(digest, size))));
      await(running, all);
    } finally {
      workers.shutdownNow();
    }
  }

  private void await(ExecutorCompletionService<Digest> running, List<Future<Digest>> all) {
    RuntimeException failure = null;
    for (int i = 0; i < all.size(); i++) {
      try {
        running.take().get();
      } catch (ExecutionException e) {
        stopped.set(true);
        failure = failure == null ? unwrapped(e) : failure;
      } catch (InterruptedException e) {
        stopped.set(true);
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    return failure.getCause() instanceof RuntimeException known
        ? known
        : new BackendException(ErrorCode.UNKNOWN, "the copy failed", failure.getCause());
  }

  private Digest moveOne(Digest digest, long size) throws InterruptedException, IOException {
    long units = size / UNIT + (size % UNIT == 0 ? 0 : 1);
    int weight = (int) Math.max(1, Math.min(units, permits));
    inFlight.acquire(weight);
    try {
      Flights.Place turn = flights.enter(destination, digest, stopped::get);
      try {
        bring(digest, size);
      } finally {
        turn.close();
      }
      return digest;
    } finally {
      inFlight.release(weight);
    }
  }

  private void bring(Digest digest, long size) throws IOException {
    if (stopped.get()) {
      return;
    }
    Optional<RepositoryName> place = session.placeOf(digest);
    boolean there =
        place.filter(destination.name()::equals).isPresent()
            || Stream.concat(place.stream(), neighbour.stream())
                .distinct()
                .anyMatch(from -> mounted(digest, from));
    if (!there) {
      send(digest, size);
    }
    session.placed(digest, destination.name());
    session.listener().onBlob(digest, size, size);
  }

  private boolean mounted(Digest digest, RepositoryName from) {
    return !from.equals(destination.name())
        && Sides.destination(digest.toString(), () -> destination.mountBlob(digest, from));
  }

  private void send(Digest digest, long size) throws IOException {
    try (SourceContent content = new SourceContent(source, digest, size, session.listener())) {
      Sides.destination(digest.toString(), () -> destination.pushBlob(content));
    }
  }
}
