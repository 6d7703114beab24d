package io.registrykit.server.jdk;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a socket and the JDK's HTTP parser and looks at the first byte of a connection: a
 * TLS handshake goes to a real engine, plain HTTP goes through unchanged, and what the port does
 * not speak becomes a malformed request line, so that the peer has its 400 at once and in plain
 * text, as HTTP clients that probe for TLS expect it. For one connection.
 */
final class FrontEngine extends SSLEngine {
  private static final byte TLS_HANDSHAKE = 0x16;
  private static final byte[] MALFORMED_LINE = {'-', '\r', '\n'};

  private static final byte[] NOTHING = {};

  private enum Mode {
    UNDECIDED,
    PLAIN,
    TLS,
    REFUSED
  }

  private final @Nullable SSLEngine tls;
  private final boolean plainAllowed;
  private final Calls calls;
  private final SSLSession plainSession;
  private Mode mode = Mode.UNDECIDED;
  private boolean outboundClosed;

  /** Headers that wait for the body behind them. */
  private byte[] held = NOTHING;

  /** How much of the piece that is being written has come, part by part. */
  private int gathered;

  /**
   * An engine in server mode.
   *
   * @param tls what speaks TLS, or null when this port does not
   * @param plainAllowed whether this port speaks plain HTTP
   */
  FrontEngine(@Nullable SSLEngine tls, boolean plainAllowed, Calls calls, SSLSession plainSession) {
    this.tls = tls;
    this.plainAllowed = plainAllowed;
    this.calls = calls;
    this.plainSession = plainSession;
  }

  private @Nullable SSLEngine encrypted() {
    return mode == Mode.TLS ? tls : null;
  }

  private Mode decide(byte first) {
    if (first == TLS_HANDSHAKE) {
      return tls == null ? Mode.REFUSED : Mode.TLS;
    }
    return plainAllowed ? Mode.PLAIN : Mode.REFUSED;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length)
      throws SSLException {
    if (mode == Mode.UNDECIDED && src.hasRemaining()) {
      mode = decide(src.get(src.position()));
    }
    SSLEngine engine = encrypted();
    if (engine != null) {
      return TlsRecords.unwrapAll(engine, src, dsts, offset, length);
    }
    if (mode == Mode.REFUSED) {
      int consumed = src.remaining();
      src.position(src.limit());
      dsts[offset].put(MALFORMED_LINE);
      return result(Status.OK, consumed, MALFORMED_LINE.length);
    }
    int count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += copy(src, dsts[i]);
    }
    boolean full = count == 0 && src.hasRemaining();
    return result(full ? Status.BUFFER_OVERFLOW : Status.OK, count, count);
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst)
      throws SSLException {
    SSLEngine engine = encrypted();
    if (engine == null && outboundClosed) {
      return result(Status.CLOSED, 0, 0);
    }
    ByteBuffer[] out = srcs;
    int from = offset;
    int count = length;
    if (length == 1) {
      Call call = calls.current();
      if (engine == null && call != null && call.bodyFollows() && held.length == 0) {
        held = new byte[srcs[offset].remaining()];
        srcs[offset].get(held);
        return result(Status.OK, held.length, 0);
      }
      ByteBuffer piece = engine == null && call != null ? call.piece() : null;
      if (piece != null) {
        return gather(srcs[offset], piece, dst);
      }
      byte[] own = OwnReply.replacing(srcs[offset], call, refusalMessage());
      if (own != null && own.length <= dst.remaining()) {
        srcs[offset].position(srcs[offset].limit());
        out = new ByteBuffer[] {ByteBuffer.wrap(own)};
        from = 0;
      }
    }
    if (engine != null) {
      return engine.wrap(out, from, count, dst);
    }
    long wanted = held.length;
    for (int i = from; i < from + count; i++) {
      wanted += out[i].remaining();
    }
    if (wanted > dst.remaining()) {
      // The JDK doubles its buffer, so that only connections with large responses have a large one.
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    int consumed = (int) wanted - held.length;
    dst.put(held);
    held = NOTHING;
    for (int i = from; i < from + count; i++) {
      dst.put(out[i]);
    }
    return result(Status.OK, consumed, (int) wanted);
  }

  /** Takes a part of a piece, and with the last one sends the piece in one go. */
  private SSLEngineResult gather(ByteBuffer part, ByteBuffer piece, ByteBuffer dst) {
    int count = part.remaining();
    boolean last = gathered + count == piece.limit() - piece.position();
    int wanted = last ? held.length + piece.remaining() : 0;
    if (wanted > dst.remaining()) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    part.position(part.limit());
    gathered = last ? 0 : gathered + count;
    if (last) {
      dst.put(held).put(piece.duplicate());
      held = NOTHING;
    }
    return result(Status.OK, count, wanted);
  }

  private String refusalMessage() {
    if (mode != Mode.REFUSED) {
      return "malformed request";
    }
    return tls == null ? "this port speaks plain HTTP, not TLS" : "this port speaks TLS only";
  }

  private static int copy(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    if (count == 0) {
      return 0;
    }
    int limit = from.limit();
    from.limit(from.position() + count);
    to.put(from);
    from.limit(limit);
    return count;
  }

  private static SSLEngineResult result(Status status, int consumed, int produced) {
    return new SSLEngineResult(status, HandshakeStatus.NOT_HANDSHAKING, consumed, produced);
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    SSLEngine engine = encrypted();
    return engine == null ? null : engine.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    SSLEngine engine = encrypted();
    if (engine != null) {
      engine.closeInbound();
    }
  }

  @Override
  public boolean isInboundDone() {
    SSLEngine engine = encrypted();
    return engine != null && engine.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    outboundClosed = true;
    SSLEngine engine = encrypted();
    if (engine != null) {
      engine.closeOutbound();
    }
  }

  @Override
  public boolean isOutboundDone() {
    SSLEngine engine = encrypted();
    return engine == null ? outboundClosed : engine.isOutboundDone();
  }

  @Override
  public SSLSession getSession() {
    SSLEngine engine = encrypted();
    return engine == null ? plainSession : engine.getSession();
  }

  @Override
  public void beginHandshake() throws SSLException {
    SSLEngine engine = encrypted();
    if (engine != null) {
      engine.beginHandshake();
    }
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    SSLEngine engine = encrypted();
    return engine == null ? HandshakeStatus.NOT_HANDSHAKING : engine.getHandshakeStatus();
  }

  // What follows is settled when the engine is made; the JDK's server sets defaults over it.

  @Override
  public String[] getSupportedCipherSuites() {
    return tls == null ? new String[0] : tls.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return tls == null ? new String[0] : tls.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {}

  @Override
  public String[] getSupportedProtocols() {
    return tls == null ? new String[0] : tls.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return tls == null ? new String[0] : tls.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {}

  @Override
  public void setUseClientMode(boolean mode) {}

  @Override
  public boolean getUseClientMode() {
    return false;
  }

  @Override
  public void setNeedClientAuth(boolean need) {}

  @Override
  public boolean getNeedClientAuth() {
    return tls != null && tls.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {}

  @Override
  public boolean getWantClientAuth() {
    return tls != null && tls.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {}

  @Override
  public boolean getEnableSessionCreation() {
    return tls == null || tls.getEnableSessionCreation();
  }
}
