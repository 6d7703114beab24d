package io.registrykit.examples.standalone;

import static io.registrykit.examples.standalone.ServeProcessTest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A disk that changes what it was given, under a server that looks. */
@Timeout(60)
class ScrubTest {
  private static final Bytes CONTENT = Bytes.utf8("intact");
  private static final Digest DIGEST = CONTENT.digest(DigestAlgorithm.SHA256);

  @TempDir private Path folder;

  @Test
  void aServerTakesADamagedBlobOutOfUse() throws Exception {
    Path errors = folder.resolve("errors");
    Process process = serve(errors, "--scrub-every", "PT0.2S", "--scrub-rate", "1");
    try (BufferedReader out = ServeProcessTest.reader(process)) {
      URI base = URI.create(out.readLine().substring("listening on ".length()));
      push(base);
      flipAByte();
      // It says so after the blob is out of use.
      while (!Files.readString(errors).contains("scrub: BLOB_DAMAGED " + DIGEST)) {
        assertThat(process.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      assertThat(get(base, blob(), null).statusCode()).isEqualTo(404);
      assertThat(folder.resolve("store/quarantine/sha256-" + DIGEST.hex())).exists();
      push(base);
      assertThat(get(base, blob(), null).body()).isEqualTo("intact");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aFolderThatNobodyServesIsCheckedAndMended() throws Exception {
    Process process = serve(folder.resolve("errors"), "--scrub-every", "PT0S");
    try (BufferedReader out = ServeProcessTest.reader(process)) {
      push(URI.create(out.readLine().substring("listening on ".length())));
      process.toHandle().destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    flipAByte();
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(said, true));
    String store = folder.resolve("store").toString();
    assertThat(line.execute("fsck", "--root", store)).isEqualTo(1);
    assertThat(said.toString()).contains("BLOB_DAMAGED " + DIGEST).contains("0 repaired");
    assertThat(line.execute("fsck", "--root", store, "--repair")).isEqualTo(1);
    assertThat(said.toString()).contains("(repaired)").contains("BLOB_MISSING " + DIGEST);
    assertThat(line.execute("usage", "--root", store)).isZero();
    assertThat(said.toString()).contains("0 blobs with 0 bytes");
  }

  private Process serve(Path errors, String... options) throws Exception {
    String[] command = new String[5 + options.length];
    System.arraycopy(
        new String[] {"serve", "--port", "0", "--root", folder.resolve("store").toString()},
        0,
        command,
        0,
        5);
    System.arraycopy(options, 0, command, 5, options.length);
    return ServeProcessTest.startWithErrors(errors, command);
  }

  private static String blob() {
    return "/v2/team/app/blobs/" + DIGEST;
  }

  private static void push(URI base) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/v2/team/app/blobs/uploads/?digest=" + DIGEST))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofByteArray(CONTENT.toArray()))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(201);
  }

  private void flipAByte() throws Exception {
    String hex = DIGEST.hex();
    Path file = folder.resolve("store/pool/sha256/" + hex.substring(0, 2) + "/" + hex);
    Path flipped = Files.writeString(folder.resolve("flipped"), "inTact");
    Files.move(flipped, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
