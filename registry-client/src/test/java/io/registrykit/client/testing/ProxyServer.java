package io.registrykit.client.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy for tunnels, which remembers what it was asked. Every host is this machine to it.
 * Safe for use by several threads.
 */
public final class ProxyServer implements AutoCloseable {
  private final ServerSocket listener;
  private final int status;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ProxyServer(ServerSocket listener, int status) {
    this.listener = listener;
    this.status = status;
  }

  /** Starts a proxy that answers with a status; 200 opens the tunnel. */
  public static ProxyServer start(int status) throws IOException {
    ProxyServer proxy =
        new ProxyServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), status);
    daemon(proxy::accept);
    return proxy;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "proxy-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The requests for tunnels with their headers. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** Sends everything through a proxy at a port of this machine. */
  public static ProxySelector selector(int port) {
    Proxy proxy =
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(proxy);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    };
  }

  /** Sends everything through this proxy. */
  public ProxySelector selector() {
    return selector(listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      heads.add(head.toString());
      String answer = "HTTP/1.1 " + status + " Text\r\nContent-Length: 0\r\n\r\n";
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      if (status == 200) {
        tunnel(
            client, in, Integer.parseInt(head.substring(head.indexOf(":") + 1).split(" ", 2)[0]));
      }
    } catch (IOException e) {
      // The peer is gone; a test sees that from its own side.
    }
  }

  private void tunnel(Socket client, InputStream in, int port) throws IOException {
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(target);
      daemon(
          () -> {
            try {
              target.getInputStream().transferTo(client.getOutputStream());
              client.shutdownOutput();
            } catch (IOException e) {
              // One side is gone, and with it the tunnel.
            }
          });
      in.transferTo(target.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
