package io.registrykit.examples.torture.slow;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Clients that are slow and come back whenever they are cut off. Thread-safe. */
final class SlowCrowd implements AutoCloseable {
  private static final int KIBIBYTE = 1024;
  private static final String LARGE = "Content-Length: 1000000000\r\n\r\n";

  private final URI base;
  private final String blobPath;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
  private final List<Member> members = new ArrayList<>();
  private final AtomicLong cut = new AtomicLong();

  /** How a client is slow. */
  private enum Kind {
    /** A byte of a header a second. */
    HEADERS,
    /** A kilobyte of a blob a second. */
    BODY,
    /** A kilobyte of a manifest a second. */
    MANIFEST,
    /** Reads a kilobyte of a blob a second. */
    READER,
    /** Asks for a blob and reads nothing. */
    DEAF,
    /** Says nothing. */
    SILENT
  }

  /**
   * A crowd that begins to be slow within a second.
   *
   * @param base of the server
   * @param repository where they push
   * @param blobPath of a large blob, which they read
   */
  SlowCrowd(URI base, String repository, String blobPath, int size) {
    this.base = base;
    this.blobPath = blobPath;
    for (int i = 0; i < size; i++) {
      Member member = new Member(Kind.values()[i % Kind.values().length], repository);
      members.add(member);
      ScheduledFuture<?> unused =
          clock.scheduleAtFixedRate(
              member, i * 1000L / size, TimeUnit.SECONDS.toMillis(1), TimeUnit.MILLISECONDS);
    }
  }

  /** How often one was cut off or turned away. */
  long cut() {
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

  /** One of them; its clock calls it once a second. */
  private final class Member implements Runnable {
    private final Kind kind;
    private final String repository;
    private final byte[] buffer = new byte[KIBIBYTE];
    private @Nullable Socket socket;

    Member(Kind kind, String repository) {
      this.kind = kind;
      this.repository = repository;
    }

    @Override
    public synchronized void run() {
      try {
        Socket open = socket;
        if (open == null) {
          open = new Socket();
          socket = open;
          // A large buffer would read for the client.
          open.setReceiveBufferSize(4 * KIBIBYTE);
          open.connect(
              new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()));
          open.getOutputStream().write(greeting().getBytes(StandardCharsets.US_ASCII));
        } else {
          goOn(open);
        }
      } catch (IOException e) {
        cut.incrementAndGet();
        leave();
      }
    }

    private String greeting() {
      String host = " HTTP/1.1\r\nHost: slow\r\n";
      return switch (kind) {
        case HEADERS -> "GET /v2/" + host + "X-Slow: ";
        case BODY ->
            "POST /v2/%s/blobs/uploads/?digest=sha256:%s".formatted(repository, "0".repeat(64))
                + host
                + "Content-Type: application/octet-stream\r\n"
                + LARGE;
        case MANIFEST ->
            "PUT /v2/%s/manifests/slow".formatted(repository)
                + host
                + "Content-Type: application/vnd.oci.image.manifest.v1+json\r\n"
                + "Content-Length: 200000\r\n\r\n";
        case READER, DEAF -> "GET " + blobPath + host + "\r\n";
        case SILENT -> "";
      };
    }

    private void goOn(Socket open) throws IOException {
      InputStream in = open.getInputStream();
      switch (kind) {
        case HEADERS -> open.getOutputStream().write('x');
        case BODY, MANIFEST -> {
          open.getOutputStream().write(buffer);
          // An answer is a refusal.
          if (in.available() > 0) {
            throw new IOException("turned away");
          }
        }
        case READER, SILENT -> {
          if (in.available() > 0 && in.read(buffer) < 0) {
            throw new IOException("ended");
          }
        }
        case DEAF -> open.getOutputStream().write('\n');
      }
    }

    synchronized void leave() {
      Socket open = socket;
      socket = null;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          cut.incrementAndGet();
        }
      }
    }
  }
}
