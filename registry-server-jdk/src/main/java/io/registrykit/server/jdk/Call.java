package io.registrykit.server.jdk;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A request under way, from its first byte to the end of its response. Knows whether its thread
 * waits for the peer: then, and only then, the thread may be interrupted, which closes the
 * connection and nothing else. Used by its own thread and by the {@link Watchdog}.
 */
final class Call {
  /** Why a request is turned away. */
  enum Refusal {
    /** It is not. */
    NONE,
    /** Too many are under way. */
    OVERLOADED,
    /** Too many are under way from its address. */
    ADDRESS_OVERLOADED,
    /** The server closes. */
    CLOSING
  }

  private static final long WRITE_FACTOR = 4;

  private final Thread thread;
  private final Patience reading;
  private final Patience writing;
  private Refusal refusal;
  private @Nullable InetAddress address;
  private @Nullable Patience waiting;
  private long waitingSince;
  private boolean cut;
  private boolean headersRead;

  /** Of the call's own thread. */
  private boolean bodyFollows;

  /** Of the call's own thread. */
  private @Nullable ByteBuffer piece;

  /** A call whose headers are awaited by the current thread. */
  Call(ServerLimits limits, Refusal refusal) {
    this.thread = Thread.currentThread();
    this.refusal = refusal;
    long patience = limits.patience().toNanos();
    this.reading = new Patience(patience, limits.minimumBytesPerSecond());
    this.writing =
        new Patience(Math.multiplyExact(patience, WRITE_FACTOR), limits.minimumBytesPerSecond());
    this.waiting = new Patience(limits.headerTimeout().toNanos(), Long.MAX_VALUE);
    this.waitingSince = System.nanoTime();
  }

  /** The thread stops waiting for headers. */
  void headersRead() throws IOException {
    synchronized (this) {
      headersRead = true;
    }
    moved(0);
  }

  synchronized boolean isReadingHeaders() {
    return !headersRead;
  }

  void waitToRead() throws IOException {
    waitFor(reading);
  }

  void waitToWrite() throws IOException {
    waitFor(writing);
  }

  private synchronized void waitFor(Patience patience) throws IOException {
    if (cut) {
      throw cutOff();
    }
    waiting = patience;
    waitingSince = System.nanoTime();
  }

  /**
   * The thread no longer waits.
   *
   * @param bytes how many were read or written
   * @throws IOException if it was cut off while it waited
   */
  void moved(long bytes) throws IOException {
    synchronized (this) {
      if (waiting != null) {
        waiting.spend(System.nanoTime() - waitingSince, bytes);
        waiting = null;
      }
      if (!cut) {
        return;
      }
    }
    // The interrupt was meant for the socket; what runs next may hold a file.
    Thread.interrupted();
    throw cutOff();
  }

  /**
   * Whether what is written now are headers that a body follows, so that both can go in one piece.
   * For the call's own thread.
   */
  void bodyFollows(boolean follows) {
    bodyFollows = follows;
  }

  /** Whether what is written now can wait for what comes next. For the call's own thread. */
  boolean bodyFollows() {
    return bodyFollows;
  }

  /** What is written now, to go as a whole and not as the JDK cuts it; null when it may. */
  void piece(@Nullable ByteBuffer whole) {
    piece = whole;
  }

  /** What is written now as a whole. For the call's own thread. */
  @Nullable ByteBuffer piece() {
    return piece;
  }

  private static IOException cutOff() {
    return new IOException("cut off: the peer was too slow or the server closes");
  }

  /** Cuts the peer off if it is out of patience. */
  synchronized void cutIfLate(long now) {
    if (waiting != null && !cut && waiting.isOutAfter(now - waitingSince)) {
      cut = true;
      thread.interrupt();
    }
  }

  /** Cuts the peer off now, or as soon as it is waited for. */
  synchronized void cutOffNow() {
    if (!cut) {
      cut = true;
      if (waiting != null) {
        thread.interrupt();
      }
    }
  }

  synchronized void refuse(Refusal reason) {
    if (refusal == Refusal.NONE) {
      refusal = reason;
    }
  }

  synchronized Refusal refusal() {
    return refusal;
  }

  /** Sets the address of the peer, unless it is known. */
  synchronized boolean learnAddress(InetAddress from) {
    if (address != null) {
      return false;
    }
    address = from;
    return true;
  }

  synchronized @Nullable InetAddress address() {
    return address;
  }
}
