package io.registrykit.client.testing;

import io.registrykit.api.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** How a test answers. For use by one thread. */
public final class MiniReply {
  private final Socket socket;
  private final MiniRequest request;

  MiniReply(Socket socket, MiniRequest request) {
    this.socket = socket;
    this.request = request;
  }

  /** Sends a whole reply, its length declared unless the headers have one. */
  public void send(int status, Headers headers, byte[] body) throws IOException {
    head(status, headers, body.length);
    if (!request.method().equals("HEAD")) {
      out().write(body);
    }
    out().flush();
  }

  public void send(int status, Headers headers) throws IOException {
    send(status, headers, new byte[0]);
  }

  public void send(int status, Headers headers, String body) throws IOException {
    send(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the head of a reply. */
  public void head(int status, Headers headers, long length) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Text\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (headers.first("Content-Length").isEmpty() && status != 204) {
      head.append("Content-Length: " + length + "\r\n");
    }
    out().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Ends the connection at once, with an error for the peer. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Ends the connection after what was sent. */
  public void end() throws IOException {
    socket.shutdownOutput();
    socket.close();
  }

  /** Says nothing until the peer gives up. */
  public void stall() throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // What it still sends is not looked at.
    }
  }
}
