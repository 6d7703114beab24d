package io.registrykit.client.internal.upload;

import static io.registrykit.client.internal.upload.UploadState.How;

import io.registrykit.client.HostOptions;
import io.registrykit.client.UploadJournal;
import io.registrykit.client.internal.http.Answer;
import io.registrykit.client.internal.http.CallLimits;
import io.registrykit.client.internal.http.HttpBody;
import io.registrykit.client.internal.http.Transport;
import io.registrykit.client.internal.upload.UploadState.Ask;
import io.registrykit.client.internal.upload.UploadState.Check;
import io.registrykit.client.internal.upload.UploadState.Confirm;
import io.registrykit.client.internal.upload.UploadState.Done;
import io.registrykit.client.internal.upload.UploadState.Finish;
import io.registrykit.client.internal.upload.UploadState.Send;
import io.registrykit.client.internal.upload.UploadState.Start;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Bytes;
import io.registrykit.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Uploads one blob, whatever happens on the way. Each step makes one request and decides on the
 * next. A request with bytes is never made again as it was: after every failure that leaves open
 * what arrived, the engine asks the registry and goes on from what it says, or begins anew. Not
 * safe for use by several threads at once.
 */
public final class UploadEngine {
  private final Transport transport;
  private final UploadWire wire;
  private final UploadSource source;
  private final UploadPlan plan;
  private final UploadBudget budget;
  private final CallLimits limits;
  private final UploadJournal journal;
  private final UploadJournal.Key key;
  private final UploadProgress progress;
  private final @Nullable RepositoryName mountFrom;

  private boolean journalAsked;
  private @Nullable UploadSession open;
  private @Nullable RegistryException lastRefusal;

  /**
   * An engine for one blob.
   *
   * @param transport talks to the registry
   * @param repository where the blob goes
   * @param source the bytes
   * @param mountFrom a repository that may have the blob, or null
   * @param options what is special about the registry
   * @param journal remembers the session
   * @param limits when to give up
   * @param progress hears how it goes
   */
  public UploadEngine(
      Transport transport,
      RepositoryName repository,
      UploadSource source,
      @Nullable RepositoryName mountFrom,
      HostOptions options,
      UploadJournal journal,
      CallLimits limits,
      UploadProgress progress) {
    this.transport = transport;
    this.wire = new UploadWire(transport, repository, source.digest(), limits);
    this.source = source;
    this.plan = new UploadPlan(options);
    this.budget = new UploadBudget(transport.pauses().policy().attempts());
    this.limits = limits;
    this.journal = journal;
    this.key = new UploadJournal.Key(transport.registry().authority(), repository, source.digest());
    this.progress = progress;
    this.mountFrom = mountFrom;
  }

  /**
   * Uploads.
   *
   * @return how many bytes the blob has, or empty when it was there and they were not counted
   * @throws IOException if the source or the connection fails for good
   * @throws RegistryException if the registry refuses
   */
  public OptionalLong run() throws IOException {
    UploadState state = new Check();
    boolean done = false;
    boolean keep = false;
    progress.started();
    try {
      while (!(state instanceof Done)) {
        limits.check();
        state = step(state);
      }
      done = true;
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      keep = true;
      throw e;
    } finally {
      if (!done) {
        progress.failed();
        giveUp(keep);
      }
    }
    journal.forget(key);
    progress.done(((Done) state).how(), source.size());
    return source.size();
  }

  private UploadState step(UploadState state) throws IOException {
    if (state instanceof Check) {
      return check();
    } else if (state instanceof Start) {
      return start();
    } else if (state instanceof Send send) {
      return send(send.session());
    } else if (state instanceof Finish finish) {
      return finish(finish.session(), HttpBody.of(Bytes.empty()));
    } else if (state instanceof Confirm confirm) {
      return isThere(wire.head()) ? new Done(How.SENT) : new Ask(confirm.session());
    } else if (state instanceof Ask ask) {
      return ask(ask.session());
    }
    throw new AssertionError("there is no step behind " + state);
  }

  private UploadState check() throws IOException {
    Answer answer = wire.head();
    if (isThere(answer)) {
      return new Done(How.EXISTED);
    }
    if (answer.status() == 401 || answer.status() == 403) {
      throw failure(answer);
    }
    return new Start();
  }

  /** Whether the blob is there, in its right length as far as both sides know it. */
  private boolean isThere(Answer head) {
    String length = head.headers().first("Content-Length").orElse("");
    OptionalLong size = source.size();
    return head.status() == 200
        && (size.isEmpty() || length.isEmpty() || length.equals(Long.toString(size.getAsLong())));
  }

  private UploadState start() throws IOException {
    if (!source.reaches(0)) {
      throw lastRefusal != null
          ? lastRefusal
          : new BackendException(
              ErrorCode.UNAVAILABLE,
              "the upload broke off, and the stream cannot be read a second time",
              null);
    }
    Optional<URI> known = journalAsked ? Optional.empty() : journal.find(key);
    journalAsked = true;
    if (known.isPresent() && transport.policy().trusts(known.get())) {
      return new Ask(opened(new UploadSession(known.get(), 0, 0)));
    }
    Answer answer = wire.start(mountFrom);
    if (mountFrom != null && answer.status() >= 400 && answer.status() <= 405) {
      answer = wire.start(null);
    }
    if (answer.status() == 201) {
      return new Done(How.MOUNTED);
    }
    if (answer.status() != 202) {
      throw failure(answer);
    }
    URI location =
        located(answer)
            .orElseThrow(() -> new IOException("the registry names no place for the upload"));
    long minChunk =
        answer
            .headers()
            .first("OCI-Chunk-Min-Length")
            .filter(text -> text.matches("[0-9]{1,12}"))
            .map(Long::parseLong)
            .orElse(0L);
    UploadSession session = opened(new UploadSession(location, 0, minChunk));
    journal.record(key, location);
    return new Send(session);
  }

  private UploadState send(UploadSession session) throws IOException {
    UploadSource.Piece piece = source.piece(session.offset(), plan.pieceSize(source, session));
    HttpBody body = progress.counted(piece.offset(), source.size(), piece.body());
    boolean whole = piece.offset() == 0 && piece.last() && !plan.isChunked();
    if (whole || (piece.last() && piece.body().length() == 0)) {
      return finish(session, body);
    }
    Answer answer;
    try {
      answer = wire.patch(session, new UploadSource.Piece(piece.offset(), piece.last(), body));
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      return failed(e, new Ask(session));
    }
    if (answer.status() != 202 && answer.status() != 204 && answer.status() != 201) {
      return refused(answer, session, new Ask(session));
    }
    UploadSession next = opened(moved(session, answer));
    OptionalLong stored = UploadRange.stored(answer.headers());
    boolean lastPieceOnly = stored.isPresent() && stored.getAsLong() == piece.body().length();
    if (stored.isPresent() && stored.getAsLong() != piece.end() && !lastPieceOnly) {
      return failed(new IOException("the registry took part of a piece"), new Ask(next));
    }
    budget.reached(piece.end());
    next = next.at(piece.end());
    return piece.last() ? new Finish(next) : new Send(next);
  }

  private UploadState finish(UploadSession session, HttpBody body) throws IOException {
    Answer answer;
    try {
      answer = wire.put(session, body);
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      return failed(e, new Confirm(session));
    }
    if (answer.status() >= 200 && answer.status() < 300) {
      String digest = answer.headers().first("Docker-Content-Digest").orElse("").strip();
      String wanted = source.digest().toString();
      boolean same = digest.startsWith(wanted.substring(0, wanted.indexOf(':') + 1));
      if (same && !digest.equals(wanted)) {
        throw new InvalidContentException(
            ErrorCode.DIGEST_INVALID,
            "the registry stored something else",
            Map.of("expected", wanted, "actual", digest));
      }
      return answer.status() == 201 ? new Done(How.SENT) : new Confirm(session);
    }
    return refused(answer, session, new Confirm(session));
  }

  private UploadState ask(UploadSession session) throws IOException {
    progress.asked(session.offset());
    Answer answer = wire.status(session);
    if (answer.status() == 401 || answer.status() == 403 || Transport.isPassing(answer.status())) {
      throw failure(answer);
    }
    OptionalLong stored = UploadRange.stored(answer.headers());
    boolean usable =
        (answer.status() == 204 || answer.status() == 200 || answer.status() == 202)
            && stored.isPresent()
            && source.reaches(stored.getAsLong());
    if (!usable) {
      return restart(session);
    }
    long offset = stored.getAsLong();
    UploadSession next = opened(moved(session, answer).at(offset));
    boolean complete = source.size().isPresent() && source.size().getAsLong() == offset;
    budget.reached(offset);
    return complete ? new Finish(next) : new Send(next);
  }

  /** What follows a reply that is no success. */
  private UploadState refused(Answer answer, UploadSession session, UploadState next)
      throws IOException {
    int status = answer.status();
    lastRefusal = failure(answer);
    if (status == 413 || (status == 405 && !plan.isChunked())) {
      return plan.shrink() ? restartCounted(session) : fail(lastRefusal);
    }
    if (status == 401) {
      return budget.failed() ? next : fail(lastRefusal);
    }
    if (status == 404 || status == 400 || status == 409) {
      return next instanceof Confirm && status == 404 ? counted(next) : restartCounted(session);
    }
    if (status == 416) {
      OptionalLong stored = UploadRange.stored(answer.headers());
      boolean usable = stored.isPresent() && source.reaches(stored.getAsLong());
      UploadSession at = opened(moved(session, answer));
      return counted(usable && next instanceof Ask ? new Send(at.at(stored.getAsLong())) : next);
    }
    if (!Transport.isPassing(status)) {
      throw lastRefusal;
    }
    if (!budget.failed() || !transport.pauses().pause(budget.inRow(), answer.headers(), limits)) {
      throw lastRefusal;
    }
    return next;
  }

  private UploadState failed(IOException failure, UploadState next) throws IOException {
    limits.check();
    if (!budget.failed()) {
      throw failure;
    }
    transport.pauses().pause(budget.inRow(), limits);
    return next;
  }

  private UploadState counted(UploadState next) {
    if (!budget.failed()) {
      return fail(lastRefusal);
    }
    transport.pauses().pause(budget.inRow(), limits);
    return next;
  }

  private UploadState restartCounted(UploadSession session) {
    return budget.failed() ? restart(session) : fail(lastRefusal);
  }

  private static UploadState fail(@Nullable RegistryException refusal) {
    throw refusal != null
        ? refusal
        : new BackendException(ErrorCode.UNAVAILABLE, "the upload got nowhere", null);
  }

  private UploadState restart(UploadSession session) {
    journal.forget(key);
    cancel(session);
    open = null;
    return new Start();
  }

  private UploadSession moved(UploadSession session, Answer answer) throws IOException {
    Optional<URI> location = located(answer);
    location.ifPresent(uri -> journal.record(key, uri));
    return location.map(session::moved).orElse(session);
  }

  private Optional<URI> located(Answer answer) throws IOException {
    Optional<URI> location = answer.location();
    if (location.isPresent() && !transport.policy().trusts(location.get())) {
      throw transport.policy().refusal("upload location", location.get());
    }
    return location;
  }

  private UploadSession opened(UploadSession session) {
    open = session;
    return session;
  }

  private RegistryException failure(Answer answer) {
    return answer.failure(transport.pauses());
  }

  /** Leaves nothing behind on the registry, unless another process may go on from there. */
  private void giveUp(boolean keep) {
    UploadSession session = open;
    if (session == null || (keep && journal.find(key).isPresent())) {
      return;
    }
    journal.forget(key);
    cancel(session);
  }

  private void cancel(UploadSession session) {
    try {
      wire.cancel(session, UploadCleanup.limits());
    } catch (IOException | RuntimeException e) {
      // The session goes away by itself in time.
    }
  }
}
