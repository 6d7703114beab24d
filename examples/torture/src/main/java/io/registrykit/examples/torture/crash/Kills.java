package io.registrykit.examples.torture.crash;

import io.registrykit.examples.torture.process.CollectingServer;
import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.examples.torture.scale.Filler;
import io.registrykit.store.fs.Durability;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The long run of kills, as a command. */
public final class Kills {
  /** As {@code examples/standalone/registry} starts it; {@code kills} says what that is. */
  private static final List<String> JVM =
      ("-Xmx256m\n" + System.getProperty("torture.jvm", "-XX:+UseSerialGC")).lines().toList();

  private static final int SAY_EVERY = 25;

  private Kills() {}

  /**
   * Kills a server.
   *
   * @param args a folder; and optionally how many kills, the most minutes, the seed
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    int kills = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    int minutes = args.length > 2 ? Integer.parseInt(args[2]) : 120;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : System.nanoTime();
    System.out.println("seed " + seed + ", servers with " + String.join(" ", JVM));
    fill(root, 10_000);
    long began = System.nanoTime();
    KillRun.Report report =
        new KillRun(servers(root), seed)
            .run(kills, Duration.ofMinutes(minutes), done -> say(done, began, root));
    System.out.println(report.summary());
    report.startUps().forEach(System.out::println);
    report.violations().forEach(System.out::println);
    System.exit(report.violations().isEmpty() ? 0 : 1);
  }

  @SuppressWarnings("SystemOut") // a command
  private static void say(int kills, long began, Path root) {
    if (kills % SAY_EVERY == 0) {
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      System.out.printf("%,d kills in %d s, %,d blobs%n", kills, seconds, blobs(root));
    }
  }

  /** How many blobs the store has, wanted or not. */
  private static long blobs(Path root) {
    try (Stream<Path> files = Files.walk(root.resolve("pool"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts blobs into an empty store, so that opening it has something to look at. */
  public static void fill(Path root, int count) throws IOException {
    try (FileStore store = FileStore.at(root).durability(Durability.RELAXED).open()) {
      Filler.blobs(store, count);
    }
  }

  /** The server of the command line and one that collects as fast as it can, in turn. */
  public static List<KillRun.Servers> servers(Path root) {
    return List.of(
        () -> ServerProcess.standalone(JVM, root, "--gc-every", "PT2S"), new Collecting(root));
  }

  /** A server that collects. */
  private record Collecting(Path root) implements KillRun.Servers {
    @Override
    public ServerProcess start() throws IOException {
      return ServerProcess.start(JVM, CollectingServer.class.getName(), List.of(root.toString()));
    }

    @Override
    public boolean collects() {
      return true;
    }
  }
}
