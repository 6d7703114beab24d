package io.registrykit.interop.jib;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands between a client and a registry without TLS, hands on every byte, and counts connections
 * and requests. Safe for use by several threads.
 */
final class CountingProxy implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket listener;
  private final int target;
  private final Map<String, Integer> requests = new TreeMap<>();
  private int connections;
  private int probes;

  private CountingProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  static CountingProxy start(int target) throws IOException {
    CountingProxy proxy =
        new CountingProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
    daemon(proxy::accept);
    return proxy;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "counting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  String host() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /**
   * What was counted.
   *
   * @param connections with requests on them
   * @param probes that began with TLS, which this does not speak
   * @param requests by method
   */
  record Counts(int connections, int probes, Map<String, Integer> requests) {
    int all() {
      return requests.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** What was counted since the last call. */
  synchronized Counts take() {
    Counts counts = new Counts(connections, probes, new TreeMap<>(requests));
    connections = 0;
    probes = 0;
    requests.clear();
    return counts;
  }

  private synchronized void count(String method) {
    requests.merge(method, 1, Integer::sum);
  }

  private synchronized void countConnection(boolean tls) {
    connections += tls ? 0 : 1;
    probes += tls ? 1 : 0;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
      in.mark(1);
      int first = in.read();
      if (first < 0) {
        return;
      }
      in.reset();
      countConnection(first == TLS_HANDSHAKE);
      if (first != TLS_HANDSHAKE) {
        relay(client, in);
      }
    } catch (IOException e) {
      // One side has ended the connection.
    }
  }

  private void relay(Socket client, InputStream in) throws IOException {
    try (Socket registry = new Socket(InetAddress.getLoopbackAddress(), target)) {
      registry.setTcpNoDelay(true);
      daemon(
          () -> {
            try {
              registry.getInputStream().transferTo(client.getOutputStream());
              client.shutdownOutput();
            } catch (IOException e) {
              // One side has ended the connection.
            }
          });
      OutputStream out = new BufferedOutputStream(registry.getOutputStream(), 64 * 1024);
      while (request(in, out)) {
        out.flush();
      }
    }
  }

  private boolean request(InputStream in, OutputStream out) throws IOException {
    long length = 0;
    boolean chunked = false;
    String line = line(in, out);
    if (line.isEmpty()) {
      return false;
    }
    count(line.substring(0, line.indexOf(' ')));
    for (line = line(in, out); !line.isBlank(); line = line(in, out)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
      chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
    }
    out.flush();
    if (chunked) {
      for (long size = chunk(in, out); size > 0; size = chunk(in, out)) {
        copy(in, out, size + 2);
      }
      line(in, out);
    } else {
      copy(in, out, length);
    }
    return true;
  }

  private static long chunk(InputStream in, OutputStream out) throws IOException {
    return Long.parseLong(line(in, out).split(";", 2)[0].strip(), 16);
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the client ended in the middle");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  /** The next line, handed on; empty at the end. */
  private static String line(InputStream in, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      out.write(next);
      text.append((char) next);
      if (next == '\n') {
        break;
      }
    }
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
