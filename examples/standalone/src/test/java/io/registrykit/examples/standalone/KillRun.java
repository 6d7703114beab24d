package io.registrykit.examples.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a server at random moments while many push and delete, starts it again, and looks for what
 * it acknowledged. As a command: {@code KillRun KILLS PUSHERS [SEED]}.
 */
final class KillRun {
  private static final int MAX_MILLIS = 1500;
  private static final int SAMPLE = 100;

  private final Path root;
  private final List<KillPusher> pushers = new ArrayList<>();
  private final Random random;
  private long slowestStartMillis;
  private long verified;

  KillRun(Path root, int pushers, long seed) {
    this.root = root;
    this.random = new Random(seed);
    for (int i = 0; i < pushers; i++) {
      this.pushers.add(new KillPusher("kill/p" + i, seed + i));
    }
  }

  public static void main(String[] args) throws Exception {
    int kills = Integer.parseInt(args[0]);
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    System.out.println("seed " + seed);
    KillRun run = new KillRun(Files.createTempDirectory("kill"), Integer.parseInt(args[1]), seed);
    run.run(kills);
    System.out.println(run.summary());
  }

  /** Kills so often, and reads everything at the end. */
  void run(int kills) throws Exception {
    for (int i = 0; i < kills; i++) {
      live(true, SAMPLE);
    }
    live(false, Integer.MAX_VALUE);
  }

  String summary() {
    long acknowledged = pushers.stream().mapToLong(KillPusher::acknowledged).sum();
    return acknowledged
        + " acknowledged, "
        + verified
        + " read back, slowest start "
        + slowestStartMillis
        + " ms";
  }

  private void live(boolean push, int sample) throws Exception {
    long started = System.nanoTime();
    Process process = start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("the server did not start");
      }
      slowestStartMillis =
          Math.max(slowestStartMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
      URI base = URI.create(line.substring("listening on ".length()));
      for (KillPusher pusher : pushers) {
        verified += pusher.verify(base, sample);
      }
      if (push) {
        List<Thread> threads = new ArrayList<>();
        for (KillPusher pusher : pushers) {
          threads.add(new Thread(() -> pusher.push(base)));
        }
        threads.forEach(Thread::start);
        process.waitFor(5 + random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        for (Thread thread : threads) {
          thread.join(TimeUnit.SECONDS.toMillis(30));
        }
      }
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--root",
            root.toString(),
            "--port",
            "0",
            "--gc-every",
            "PT1S")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
