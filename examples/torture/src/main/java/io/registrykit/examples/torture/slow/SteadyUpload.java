package io.registrykit.examples.torture.slow;

import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One request whose body comes at a steady pace of a megabyte a second. Used by one thread. */
final class SteadyUpload implements Callable<String> {
  private static final int PIECE = 100_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final URI base;
  private final Wire wire;
  private final String repository;
  private final int pieces;
  private final SplittableRandom random = new SplittableRandom(1);

  SteadyUpload(URI base, Wire wire, String repository, int seconds) {
    this.base = base;
    this.wire = wire;
    this.repository = repository;
    this.pieces = seconds * 10;
  }

  /** Uploads, and says what went wrong; empty when the blob is there. */
  @Override
  public String call() throws IOException, InterruptedException {
    Reply started = wire.startUpload(repository);
    URI location = base.resolve(started.header("Location"));
    Hasher hasher = DigestAlgorithm.SHA256.newHasher();
    String answer = patch(location, hasher);
    if (!answer.startsWith("HTTP/1.1 202 ")) {
      return "the upload was cut: " + answer;
    }
    Digest digest = hasher.digest();
    Reply end = wire.finish(location.toString(), new byte[0], digest.toString());
    return end.status() == 201 ? "" : "the end of the upload answers " + end;
  }

  private String patch(URI location, Hasher hasher) throws IOException, InterruptedException {
    String query = location.getRawQuery();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PATCH %s HTTP/1.1\r\nHost: steady\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(
                  location.getRawPath() + (query == null ? "" : "?" + query),
                  (long) pieces * PIECE);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] piece = new byte[PIECE];
      long next = System.nanoTime();
      for (int i = 0; i < pieces; i++) {
        random.nextBytes(piece);
        hasher.update(piece, 0, PIECE);
        out.write(piece);
        next += PAUSE_NANOS;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return all.toString(StandardCharsets.US_ASCII);
  }
}
