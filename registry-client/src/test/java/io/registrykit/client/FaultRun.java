package io.registrykit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.client.testing.Contents;
import io.registrykit.client.testing.FaultyRegistry;
import io.registrykit.error.RegistryException;
import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.BlobContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

/**
 * One push and one pull through a registry that misbehaves as a seed says, by a client that may
 * have something wrong with it.
 */
record FaultRun(long seed, Mutant mutant) {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final String SECRET = "s3cret";

  /**
   * Pushes and pulls.
   *
   * @return whether both worked; false when one ended in a typed error
   * @throws AssertionError if anything is wrong that a failure does not excuse
   */
  boolean succeeds() throws IOException {
    Random random = new Random(~seed);
    byte[] bytes = Contents.random(seed, random.nextInt(4) == 0 ? 3 : random.nextInt(300_000));
    Digest digest = Contents.digest(bytes);
    String pair =
        Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8));
    try (FaultyRegistry faulty = FaultyRegistry.start(seed, "Basic " + pair);
        RegistryClient client = client(faulty.host(), random)) {
      String about = "replay with -Dregistrykit.seed=" + seed;
      RemoteRepository app = client.registry(faulty.host()).repository(APP);
      boolean ok = true;
      try {
        if (random.nextBoolean()) {
          app.pushBlob(Contents.content(bytes));
        } else {
          app.pushBlob(digest, new ByteArrayInputStream(bytes));
        }
        assertStored(faulty, digest, bytes, about);
        ok = pull(app, digest, bytes, about + "\n" + faulty.log());
      } catch (RegistryException e) {
        ok = false;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(about + "\n" + faulty.log(), e);
      }
      assertNothingWrong(faulty, digest, bytes, about);
      assertThat(faulty.blindReplays()).as(about + "\n" + faulty.log()).isEmpty();
      assertThat(faulty.leaks()).as(about + "\n" + faulty.log()).isEmpty();
      return ok;
    }
  }

  private RegistryClient client(String host, Random random) {
    HostOptions.Builder options = HostOptions.builder().insecure(true).chunkSize(40_000);
    if (random.nextBoolean()) {
      options.chunked(10_000 + random.nextInt(60_000));
    }
    mutant.change(options);
    return RegistryClient.builder()
        .sender(mutant::wrap)
        .host(host, options.build())
        .credentials(CredentialProvider.of(host, new RegistryCredentials.Password("me", SECRET)))
        .retries(
            new RetryPolicy(5, Duration.ofNanos(1), Duration.ofMillis(1), Duration.ofSeconds(1)))
        .stallTimeout(Duration.ofSeconds(1))
        .build();
  }

  /** Reads the blob; what comes is right or an error comes, never wrong bytes. */
  private boolean pull(RemoteRepository app, Digest digest, byte[] bytes, String about) {
    Optional<BlobContent> found = app.blob(digest);
    if (found.isEmpty()) {
      return false;
    }
    try (BlobContent blob = found.get();
        InputStream in = mutant.open(blob, bytes)) {
      assertThat(Arrays.equals(in.readAllBytes(), bytes)).as(about).isTrue();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertStored(FaultyRegistry faulty, Digest digest, byte[] bytes, String about)
      throws IOException {
    try (BlobContent stored =
            faulty.backend().registry().repository(APP).blob(digest).orElseThrow();
        InputStream in = stored.openStream(0)) {
      assertThat(Arrays.equals(in.readAllBytes(), bytes)).as(about).isTrue();
    }
  }

  private static void assertNothingWrong(
      FaultyRegistry faulty, Digest digest, byte[] bytes, String about) throws IOException {
    if (faulty.backend().registry().repository(APP).blob(digest).isPresent()) {
      assertStored(faulty, digest, bytes, about);
    }
  }
}
