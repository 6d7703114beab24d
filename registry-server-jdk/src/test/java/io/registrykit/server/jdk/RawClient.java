package io.registrykit.server.jdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly what it is told. For use by one thread. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;

  RawClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** What comes until the server closes; a reset counts as a close when {@code resetIsEnd}. */
  String readAll(boolean resetIsEnd) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      in.transferTo(all);
    } catch (SocketException e) {
      if (!resetIsEnd) {
        throw e;
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** One response with its headers and as much body as they declare. */
  String readResponse() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        return text.toString();
      }
      text.append((char) b);
    }
    String headers = text.toString().toLowerCase(java.util.Locale.ROOT);
    int at = headers.indexOf("content-length: ");
    int length =
        at < 0 ? 0 : Integer.parseInt(headers.substring(at + 16, headers.indexOf("\r\n", at)));
    byte[] body = socket.getInputStream().readNBytes(length);
    return text + new String(body, StandardCharsets.ISO_8859_1);
  }

  /** The next byte, or -1 at the end. */
  int read() throws IOException {
    return socket.getInputStream().read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
