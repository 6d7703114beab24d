package io.registrykit.server.jdk;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Decrypts all the records that have come, where an engine stops after one.
 *
 * <p>The JDK's server asks, when a response is done, whether there is more to read before it waits
 * for the socket, and it counts only what is decrypted. A client that gets its answer while its
 * body is still being drained sends the next request at once; both come in one read, and the second
 * would lie there, encrypted, until the client gives up.
 */
final class TlsRecords {
  private static final int HEADER_SIZE = 5;
  private static final byte APPLICATION_DATA = 0x17;

  private TlsRecords() {}

  /** As {@link SSLEngine#unwrap(ByteBuffer, ByteBuffer[], int, int)}, for several records. */
  static SSLEngineResult unwrapAll(
      SSLEngine engine, ByteBuffer src, ByteBuffer[] dsts, int offset, int length)
      throws SSLException {
    SSLEngineResult all = engine.unwrap(src, dsts, offset, length);
    while (isData(all) && startsWithWholeRecord(src)) {
      SSLEngineResult next = engine.unwrap(src, dsts, offset, length);
      if (next.getStatus() == Status.BUFFER_OVERFLOW) {
        return all;
      }
      // When the peer has closed its side, what it sent before is still to be answered.
      boolean closed = next.getStatus() == Status.CLOSED;
      all =
          new SSLEngineResult(
              Status.OK,
              closed ? HandshakeStatus.NOT_HANDSHAKING : next.getHandshakeStatus(),
              all.bytesConsumed() + next.bytesConsumed(),
              all.bytesProduced() + next.bytesProduced());
      if (closed) {
        return all;
      }
    }
    return all;
  }

  private static boolean isData(SSLEngineResult result) {
    return result.getStatus() == Status.OK
        && result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && result.bytesProduced() > 0;
  }

  private static boolean startsWithWholeRecord(ByteBuffer src) {
    int at = src.position();
    return src.remaining() > HEADER_SIZE
        && src.get(at) == APPLICATION_DATA
        && src.remaining() >= HEADER_SIZE + (src.getShort(at + 3) & 0xffff);
  }
}
