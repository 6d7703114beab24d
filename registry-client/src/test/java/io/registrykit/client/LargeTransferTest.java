package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.testing.ForeignRegistry;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.Hasher;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One GiB there and back in a JVM with 64 MiB of heap; runs with {@code -Dregistrykit.long=true}.
 */
@EnabledIfSystemProperty(named = "registrykit.long", matches = "true")
class LargeTransferTest {
  private static final long SIZE = 1L << 30;

  @TempDir Path folder;

  @Test
  void aGibibyteGoesThroughASmallHeap() throws Exception {
    try (ForeignRegistry foreign =
        ForeignRegistry.start(ForeignRegistry.Kind.DISTRIBUTION, folder)) {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx64m",
                      "-cp",
                      System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path")),
                      Transfer.class.getName(),
                      foreign.host()))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("transfer.log").toFile())
              .start();
      assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
      String said = Files.readString(folder.resolve("transfer.log"));
      assertThat(process.exitValue()).as(said).isZero();
      System.getLogger("LargeTransferTest").log(System.Logger.Level.INFO, said);
    }
  }

  /** What the other JVM runs. */
  static final class Transfer {
    private Transfer() {}

    public static void main(String[] args) throws IOException {
      Generated content = new Generated();
      try (RegistryClient client = RegistryClient.builder().insecure(args[0]).build()) {
        RemoteRepository app =
            client.registry(args[0]).repository(new RepositoryName("large/blob"));
        long start = System.nanoTime();
        app.pushBlob(content);
        long pushed = System.nanoTime();
        try (BlobContent blob = app.blob(content.digest()).orElseThrow()) {
          blob.transferTo(0, blob.size(), OutputStream.nullOutputStream());
        }
        long pulled = System.nanoTime();
        System.out.printf(
            "1 GiB pushed in %d ms, pulled in %d ms%n",
            TimeUnit.NANOSECONDS.toMillis(pushed - start),
            TimeUnit.NANOSECONDS.toMillis(pulled - pushed));
      }
    }
  }

  /** A gibibyte that is in no memory and no file. */
  private static final class Generated implements BlobContent {
    private final Digest digest;

    Generated() throws IOException {
      Hasher hasher = DigestAlgorithm.SHA256.newHasher();
      byte[] buffer = new byte[COPY_BUFFER_SIZE];
      try (InputStream in = openStream(0)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          hasher.update(buffer, 0, count);
        }
      }
      digest = hasher.digest();
    }

    @Override
    public Digest digest() {
      return digest;
    }

    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public InputStream openStream(long offset) {
      return new InputStream() {
        private long at = offset;

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
          if (at == SIZE) {
            return -1;
          }
          int count = (int) Math.min(length, SIZE - at);
          for (int i = 0; i < count; i++) {
            long place = at + i;
            buffer[from + i] = (byte) (place ^ (place >>> 11) ^ (place >>> 23));
          }
          at += count;
          return count;
        }
      };
    }

    @Override
    public void close() {}
  }
}
