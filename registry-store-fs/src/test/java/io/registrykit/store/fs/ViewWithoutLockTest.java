package io.registrykit.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.model.Digest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.Change;
import io.registrykit.store.fs.internal.files.FileOps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Thousands of links after many pushes are no reason for the next push to wait. */
class ViewWithoutLockTest {
  private static final RepositoryName NAME = RepositoryName.parse("team/app");
  private static final int SIZE = 100_000;

  @Test
  void peopleCommitInTheRepositoryWhoseViewFollows() throws IOException {
    CrashDisk disk = new CrashDisk(CrashScenario.ROOT, path -> true);
    AtomicInteger links = new AtomicInteger();
    IntConsumer[] duringLink = {number -> {}};
    FileOps ops =
        WatchedOps.of(
            disk,
            (call, path) -> {
              if (call.equals("link")) {
                duringLink[0].accept(links.incrementAndGet());
              }
            });
    Engine engine = CrashScenario.open(ops);
    Digest first = CrashScenario.pushRandom(engine, 1, SIZE);
    Digest second = CrashScenario.pushRandom(engine, 2, SIZE);
    link(engine, first);
    duringLink[0] =
        number -> {
          if (number == 1) {
            CompletableFuture.runAsync(() -> link(engine, second))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
          }
        };
    engine.checkpoint();
    assertThat(links.get()).isPositive();
    assertThat(disk.info(shown(first))).isPresent();
    assertThat(engine.repositories().blobLink(NAME, second)).isPresent();
    engine.checkpoint();
    assertThat(disk.info(shown(second))).isPresent();
    engine.close();
  }

  private static void link(Engine engine, Digest digest) {
    try {
      engine.repositories().commit(NAME, Instant.EPOCH, List.of(new Change.LinkBlob(digest, SIZE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path shown(Digest digest) {
    return CrashScenario.ROOT.resolve("repos/team/app/_oci/blobs/sha256/" + digest.hex());
  }
}
