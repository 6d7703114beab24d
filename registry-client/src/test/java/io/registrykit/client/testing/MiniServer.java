package io.registrykit.client.testing;

import io.registrykit.api.Headers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server in which a test decides about every byte, and when a connection dies. Safe for use
 * by several threads.
 */
public final class MiniServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Responder responder;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Answers requests. */
  @FunctionalInterface
  public interface Responder {
    void respond(MiniRequest request, MiniReply reply) throws IOException;
  }

  private MiniServer(ServerSocket listener, Responder responder) {
    this.listener = listener;
    this.responder = responder;
  }

  public static MiniServer start(Responder responder) throws IOException {
    MiniServer server =
        new MiniServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), responder);
    daemon(server::accept);
    return server;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "mini-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The host with the port. */
  public String host() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  public int requests() {
    return requests.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        String line = line(in);
        if (line == null) {
          return;
        }
        Headers.Builder headers = Headers.builder();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
          int colon = header.indexOf(':');
          headers.add(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        String[] parts = line.split(" ", -1);
        requests.incrementAndGet();
        MiniRequest request = new MiniRequest(parts[0], parts[1], headers.build(), in);
        responder.respond(request, new MiniReply(socket, request));
        if (!socket.isClosed()) {
          request.body().readAllBytes();
        }
      }
    } catch (IOException e) {
      // The peer is gone; a test sees that from its own side.
    } finally {
      open.remove(socket);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        text.append((char) c);
      }
      c = in.read();
    }
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
