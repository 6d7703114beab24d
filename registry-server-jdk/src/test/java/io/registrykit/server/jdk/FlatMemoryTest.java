package io.registrykit.server.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.EmbeddedRegistry;
import io.registrykit.api.RegistryApi;
import io.registrykit.auth.OpenAccess;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A blob far larger than the heap goes in and out, in a JVM of its own with 64 MiB of heap. */
class FlatMemoryTest {
  private static final long SIZE = 2L << 30;
  private static final String DIGEST_OF_ZEROS =
      "sha256:a7c744c13cc101ed66c29f672f92455547889cc586ce6d44fe76ae824958ea51";

  @Test
  void aBlobOf2GibGoesThroughAHeapOf64Mib() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(output).isTrue();
      assertThat(output).contains("pulled " + SIZE);
      assertThat(process.exitValue()).as(output).isZero();
      System.out.print(output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What runs in the small JVM: server and client in one. */
  static final class Main {
    private Main() {}

    /**
     * Pushes and pulls one blob.
     *
     * @param args none
     * @throws IOException if anything fails
     */
    public static void main(String[] args) throws IOException {
      RegistryStore store =
          RegistryStore.of(new DiscardingBlobs(), MemoryStore.create().repositories(), Set.of());
      EmbeddedRegistry registry = EmbeddedRegistry.builder().store(store).build();
      RegistryApi api = RegistryApi.builder(registry).authorizer(OpenAccess.readWrite()).build();
      try (RegistryServer server = RegistryServer.builder(api).start()) {
        long start = System.nanoTime();
        push(server.port());
        long pushed = System.nanoTime();
        pull(server.port());
        long pulled = System.nanoTime();
        System.out.printf(
            Locale.ROOT,
            "pushed at %.0f MiB/s, pulled at %.0f MiB/s in 64 MiB of heap%n",
            rate(pushed - start),
            rate(pulled - pushed));
      }
    }

    private static double rate(long nanos) {
      return SIZE / 1048576.0 / (nanos / 1e9);
    }

    private static void push(int port) throws IOException {
      String location;
      try (RawClient client = new RawClient(port)) {
        String answer =
            client
                .send(
                    "POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                .readResponse();
        int at = answer.toLowerCase(Locale.ROOT).indexOf("location: ") + 10;
        location = answer.substring(at, answer.indexOf('\r', at)).replaceFirst("^http://[^/]*", "");
      }
      try (RawClient client = new RawClient(port)) {
        String join = location.indexOf('?') < 0 ? "?" : "&";
        client.send(
            "PUT "
                + location
                + join
                + "digest="
                + DIGEST_OF_ZEROS
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + SIZE
                + "\r\n\r\n");
        byte[] piece = new byte[128 * 1024];
        for (long sent = 0; sent < SIZE; sent += piece.length) {
          client.send(piece);
        }
        String answer = client.readResponse();
        if (!answer.startsWith("HTTP/1.1 201 ")) {
          throw new IOException(answer);
        }
      }
    }

    private static void pull(int port) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String get = "GET /v2/a/b/blobs/" + DIGEST_OF_ZEROS + " HTTP/1.1\r\n";
        socket
            .getOutputStream()
            .write(
                (get + "Host: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
          headers.append((char) in.read());
        }
        long count = EchoHandler.count(in);
        if (count != SIZE) {
          throw new IOException(headers + " and " + count + " bytes");
        }
        System.out.println("pulled " + count);
      }
    }
  }
}
