package io.registrykit.examples.torture.resume;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A PATCH that promises the rest of a blob and stops before its end. */
final class BrokenPatch {
  private static final String HEAD =
      "PATCH %s HTTP/1.1\r\nHost: registry\r\nContent-Type: application/octet-stream\r\nContent-Range: %d-%d\r\nContent-Length: %d\r\n\r\n";

  private BrokenPatch() {}

  /** What ends the request, while its connection is open. */
  interface Interruption {
    void happen() throws IOException, InterruptedException;
  }

  /**
   * Sends the bytes from an offset to a position, and no more.
   *
   * @param interruption happens behind the last of them
   */
  static void send(URI location, MadeBlob blob, long offset, long until, Interruption interruption)
      throws IOException, InterruptedException {
    String query = location.getRawQuery();
    String path = location.getRawPath() + (query == null ? "" : "?" + query);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), location.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          HEAD.formatted(path, offset, blob.length() - 1, blob.length() - offset)
              .getBytes(StandardCharsets.US_ASCII));
      for (long at = offset; at < until; ) {
        byte[] some = blob.from(at);
        int count = (int) Math.min(some.length, until - at);
        out.write(some, 0, count);
        at += count;
      }
      interruption.happen();
    }
  }
}
