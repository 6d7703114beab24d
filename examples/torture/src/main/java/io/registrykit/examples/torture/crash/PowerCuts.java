package io.registrykit.examples.torture.crash;

import io.registrykit.examples.torture.oracle.Audit;
import io.registrykit.examples.torture.oracle.Item;
import io.registrykit.examples.torture.oracle.Ledger;
import io.registrykit.examples.torture.process.CollectingServer;
import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.store.fs.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes instant copies of a disk under people who push, and looks whether a server on the copy has
 * what was acknowledged before. The script {@code power-cuts} makes the disks and starts this.
 */
public final class PowerCuts {
  private static final List<String> JVM = List.of("-Xmx256m");
  private static final int PUSHERS = 4;
  private static final int MIN_MILLIS = 300;
  private static final int MAX_MILLIS = 3000;

  private final Path image;
  private final Path disk;
  private final String mountOptions;
  private final Durability durability;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();

  private PowerCuts(Path image, Path disk, String mountOptions, Durability durability, long seed) {
    this.image = image;
    this.disk = disk;
    this.mountOptions = mountOptions;
    this.durability = durability;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Cuts the power.
   *
   * @param args the file with the disk, on a file system that copies by reference; where the disk
   *     is mounted; the options to mount a copy with; how many cuts; the {@link Durability}; and
   *     optionally the seed
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws IOException, InterruptedException {
    long seed = args.length > 5 ? Long.parseLong(args[5]) : System.nanoTime();
    PowerCuts run =
        new PowerCuts(
            Path.of(args[0]), Path.of(args[1]), args[2], Durability.valueOf(args[4]), seed);
    run.run(Integer.parseInt(args[3]));
    System.out.printf(
        "seed %d: %s cuts, %,d writes acknowledged, %,d pushes given up, %,d violations%n",
        seed,
        args[3],
        run.ledger.acknowledgedWrites(),
        run.ledger.starvedPushes(),
        run.ledger.violations().size());
    run.ledger.violations().stream().limit(20).forEach(System.out::println);
    System.exit(run.ledger.violations().isEmpty() ? 0 : 1);
  }

  private void run(int cuts) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(PUSHERS);
    ServerProcess server = server(disk);
    try {
      for (int i = 0; i < PUSHERS; i++) {
        Pusher pusher = new Pusher(i, PUSHERS, ledger, random.split());
        threads.execute(() -> pusher.work(server.wire(), true));
      }
      for (int i = 0; i < cuts; i++) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MIN_MILLIS, MAX_MILLIS));
        cut(i);
      }
    } finally {
      threads.shutdownNow();
      server.kill();
    }
  }

  private ServerProcess server(Path folder) throws IOException {
    return ServerProcess.start(
        JVM,
        CollectingServer.class.getName(),
        List.of(folder.resolve("registry").toString(), durability.name()));
  }

  private void cut(int number) throws IOException, InterruptedException {
    Path copy = image.resolveSibling("cut.img");
    Path there = Files.createTempDirectory("power-cut");
    long before = System.nanoTime();
    command("cp", "--reflink=always", image.toString(), copy.toString());
    long after = System.nanoTime();
    Set<Item> items = Set.copyOf(ledger.registers().keySet());
    command("mount", "-o", mountOptions, copy.toString(), there.toString());
    int broken = ledger.violations().size();
    try (ServerProcess server = server(there)) {
      Audit.ofThen(ledger, server.wire(), true, before, after).run(items, false);
    } catch (IOException e) {
      ledger.violated("after cut " + number + " nothing opens: " + e.getMessage());
    } finally {
      command("umount", there.toString());
      Files.delete(there);
      Files.delete(copy);
    }
    System.out.printf(
        "cut %d: %,d items, copied in %d ms, %,d violations%n",
        number,
        items.size(),
        TimeUnit.NANOSECONDS.toMillis(after - before),
        ledger.violations().size() - broken);
  }

  private static void command(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " ends with " + process.exitValue());
    }
  }
}
