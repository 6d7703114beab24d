package io.registrykit.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.examples.torture.oracle.Audit;
import io.registrykit.examples.torture.oracle.Item;
import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.oracle.Register;
import io.registrykit.examples.torture.process.CollectingServer;
import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fills a small disk under people who push. */
@Timeout(120)
class DiskFullTest {
  private static final int PUSHERS = 4;
  private static final int REFUSALS = 8;
  private static final int MOST_PUSHES = 2000;
  private static final int FULL = 507;
  private static final String REPOSITORY = "disk/full";

  private final Ledger ledger = new Ledger();
  private final List<Manifest> pushed = Collections.synchronizedList(new ArrayList<>());

  @ParameterizedTest
  @CsvSource({"size=64m, 700000", "'size=512m,nr_inodes=600', 90000"})
  void refusesWhatDoesNotFitAndGoesOnWhenThereIsRoomAgain(String options, int blobSize)
      throws Exception {
    try (SmallDisk disk = SmallDisk.inMemory(options)) {
      Path root = disk.folder().resolve("registry");
      try (ServerProcess server = start(root)) {
        Wire wire = server.wire();
        fill(wire, blobSize);
        audit(wire);
        int kept = pushed.size() / 2;
        assertThat(kept).isPositive();
        for (Manifest manifest : List.copyOf(pushed.subList(kept, pushed.size()))) {
          delete(wire, manifest);
        }
        pushUntilTaken(wire, blobSize);
        audit(wire);
        server.kill();
      }
      try (ServerProcess server = start(root)) {
        audit(server.wire());
      }
    }
  }

  private static ServerProcess start(Path root) throws IOException {
    return ServerProcess.start(
        List.of("-Xmx256m"), CollectingServer.class.getName(), List.of(root.toString()));
  }

  private void audit(Wire wire) throws InterruptedException {
    Audit.ofNow(ledger, wire, true).run(Set.copyOf(ledger.registers().keySet()), false);
    assertThat(ledger.violations()).isEmpty();
  }

  private void fill(Wire wire, int blobSize) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PUSHERS);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < PUSHERS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        work.add(() -> pushUntilRefused(wire, random, blobSize));
      }
      for (Future<Integer> each : threads.invokeAll(work)) {
        assertThat(each.get()).isEqualTo(REFUSALS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int pushUntilRefused(Wire wire, SplittableRandom random, int blobSize)
      throws IOException {
    int refusals = 0;
    for (int i = 0; i < MOST_PUSHES && refusals < REFUSALS; i++) {
      if (!push(wire, Blob.random(random, blobSize))) {
        refusals++;
      }
    }
    return refusals;
  }

  /** Pushes an image until it is taken or refused; the collector may take its blob before. */
  private boolean push(Wire wire, Blob blob) throws IOException {
    Manifest manifest = Manifest.image(blob, List.of(blob));
    ledger.know(manifest);
    while (true) {
      Reply sent = wire.post(REPOSITORY, blob);
      if (sent.isCollected()) {
        continue;
      }
      if (sent.status() != 201) {
        assertThat(sent.status()).as(sent.toString()).isEqualTo(FULL);
        return false;
      }
      Register.Write write =
          ledger.of(Item.manifest(REPOSITORY, manifest.digest())).begin(manifest.digest());
      Reply reply = wire.put(REPOSITORY, manifest.digest(), manifest);
      if (reply.status() == 201) {
        write.acknowledged();
        pushed.add(manifest);
        return true;
      }
      write.refused();
      if (!reply.text().contains("MANIFEST_BLOB_UNKNOWN")) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(FULL);
        return false;
      }
    }
  }

  private void delete(Wire wire, Manifest manifest) throws IOException {
    Item item = Item.manifest(REPOSITORY, manifest.digest());
    Register.Write write = ledger.of(item).begin(Register.ABSENT);
    Reply reply = wire.delete(item.path());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    write.acknowledged();
    pushed.remove(manifest);
  }

  private void pushUntilTaken(Wire wire, int blobSize) throws IOException {
    SplittableRandom random = new SplittableRandom(99);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!push(wire, Blob.random(random, blobSize))) {
      assertThat(System.nanoTime()).as("no room after deleting").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
