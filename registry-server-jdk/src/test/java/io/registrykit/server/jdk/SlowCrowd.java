package io.registrykit.server.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients that come back whenever they are cut off, of four kinds: headers at a byte a second,
 * bodies and readers at a kilobyte a second, and connections that say nothing.
 */
final class SlowCrowd implements AutoCloseable {
  private enum Kind {
    HEADERS,
    BODY,
    READER,
    SILENT
  }

  private final int port;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<Member> members = new ArrayList<>();
  private final AtomicInteger cut = new AtomicInteger();

  SlowCrowd(int port, int size) {
    this.port = port;
    for (int i = 0; i < size; i++) {
      Member member = new Member(Kind.values()[i % Kind.values().length]);
      members.add(member);
      ScheduledFuture<?> unused =
          clock.scheduleAtFixedRate(member, i * 1000L / size, 1000, TimeUnit.MILLISECONDS);
    }
  }

  /** How often a member was cut off or turned away. */
  int cut() {
    return cut.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      clock.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    members.forEach(Member::leave);
  }

  private final class Member implements Runnable {
    private final Kind kind;
    private final byte[] buffer = new byte[1024];
    private @Nullable Socket socket;

    Member(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void run() {
      try {
        Socket open = socket;
        if (open == null) {
          open = new Socket(InetAddress.getLoopbackAddress(), port);
          socket = open;
          greet(open);
        } else {
          goOn(open);
        }
      } catch (IOException e) {
        cut.incrementAndGet();
        leave();
      }
    }

    private void greet(Socket open) throws IOException {
      switch (kind) {
        case HEADERS -> send(open, "GET /v2/ HTTP/1.1\r\nX-Slow: ");
        case BODY ->
            send(open, "PUT /count HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
        case READER -> {
          open.setReceiveBufferSize(4096);
          send(open, "GET /large?size=1000000000 HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        case SILENT -> {}
      }
    }

    private void goOn(Socket open) throws IOException {
      InputStream in = open.getInputStream();
      switch (kind) {
        case HEADERS -> send(open, "x");
        case BODY -> open.getOutputStream().write(buffer);
        case READER -> {
          if (in.available() > 0 && in.read(buffer) < 0) {
            throw new IOException("ended");
          }
        }
        case SILENT -> {
          if (in.available() > 0) {
            in.read(buffer);
          }
        }
      }
    }

    private void send(Socket open, String text) throws IOException {
      open.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void leave() {
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        cut.incrementAndGet();
      }
      socket = null;
    }
  }
}
