package io.registrykit.examples.torture.resume;

import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.examples.torture.wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * An upload whose client hangs up and whose server is killed at random offsets, until it is whole.
 * Used by one thread.
 */
public final class ResumeRun {
  private static final String REPOSITORY = "resume/app";
  private static final List<String> JVM = List.of("-Xmx256m");
  private static final long MIB = 1 << 20;
  private static final long LET_GO_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path root;
  private final MadeBlob blob;
  private final SplittableRandom random;
  private final BetweenLives betweenLives;
  private final List<String> violations = new ArrayList<>();
  private ServerProcess server;
  private String location = "";
  private int kills;
  private int hangUps;

  /** How many bytes the registry said that it has. */
  private long acknowledged;

  /** How many bytes were sent, and may have come. */
  private long sent;

  /** What happens to the folder while no server runs. */
  public interface BetweenLives {
    /** Happens. */
    void happen(Path root) throws IOException;
  }

  /**
   * What came of a run.
   *
   * @param hangUps how often the client was the one who stopped
   * @param cold how long the last server, just started, took to read and hash all of it again
   * @param warm the same of a second upload of the same bytes, afterwards
   * @param violations what was lost or wrong
   */
  public record Report(
      long bytes, int kills, int hangUps, Duration cold, Duration warm, List<String> violations) {
    /** One line of figures. */
    public String summary() {
      return "%,d MiB over %d kills and %d hang-ups, %d violations; the end of the upload after the last kill took %d ms, of one more in the same process %d ms"
          .formatted(
              bytes / MIB, kills, hangUps, violations.size(), cold.toMillis(), warm.toMillis());
    }
  }

  private ResumeRun(Path root, long bytes, long seed, BetweenLives betweenLives)
      throws IOException {
    this.root = root;
    this.blob = new MadeBlob(seed, bytes);
    this.random = new SplittableRandom(seed);
    this.betweenLives = betweenLives;
    this.server = ServerProcess.standalone(JVM, root);
  }

  /**
   * Runs it as a command.
   *
   * @param args a folder; and optionally how many MiB, how many interruptions, the seed
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws IOException, InterruptedException {
    long bytes = (args.length > 1 ? Integer.parseInt(args[1]) : 1024) * MIB;
    int interruptions = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : System.nanoTime();
    System.out.println("seed " + seed);
    Report report = run(Path.of(args[0]), bytes, interruptions, seed, folder -> {});
    System.out.println(report.summary());
    report.violations().forEach(System.out::println);
    System.exit(report.violations().isEmpty() ? 0 : 1);
  }

  /**
   * Uploads one blob.
   *
   * @param interruptions half of them are kills, as chance has it
   */
  public static Report run(
      Path root, long bytes, int interruptions, long seed, BetweenLives betweenLives)
      throws IOException, InterruptedException {
    ResumeRun run = new ResumeRun(root, bytes, seed, betweenLives);
    try {
      return run.upload(interruptions);
    } finally {
      run.server.close();
    }
  }

  private Report upload(int interruptions) throws IOException, InterruptedException {
    location = start();
    for (int left = interruptions; left > 0; left--) {
      goOn();
      long rest = blob.length() - acknowledged - 2;
      long until = acknowledged + random.nextLong(Math.max(1, 2 * rest / (left + 1)));
      boolean kill = random.nextBoolean();
      sent = until;
      BrokenPatch.send(
          at(), blob, acknowledged, until, kill ? () -> server.kill() : () -> hangUps++);
      if (kill) {
        restart();
      }
    }
    goOn();
    patchTheRest();
    String interrupted = location;
    location = start();
    patchTheRest();
    String digest = blob.digest();
    server.kill();
    restart();
    Duration cold = finish(interrupted, digest);
    Duration warm = finish(location, digest);
    Reply there = server.wire().head("/v2/" + REPOSITORY + "/blobs/" + digest);
    expect(200, there, "the blob");
    return new Report(blob.length(), kills, hangUps, cold, warm, List.copyOf(violations));
  }

  private String start() throws IOException {
    acknowledged = 0;
    return path(server.wire().startUpload(REPOSITORY).header("Location"));
  }

  private Duration finish(String upload, String digest) throws IOException {
    long began = System.nanoTime();
    Reply end = server.wire().finish(upload, new byte[0], digest);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    expect(201, end, "the end of the upload");
    return took;
  }

  private void restart() throws IOException {
    kills++;
    betweenLives.happen(root);
    server = ServerProcess.standalone(JVM, root);
  }

  /** Asks how far the upload is, and sends the next byte twice. */
  private void goOn() throws IOException {
    long deadline = System.nanoTime() + LET_GO_NANOS;
    while (true) {
      long has = ask();
      byte[] one = {blob.from(has)[0]};
      Reply reply = patchAt(has, one);
      if (reply.status() == 202) {
        acknowledged = has + 1;
        sent = acknowledged;
        expect(416, patchAt(has, one), "a part that overlaps");
        return;
      }
      // A server that has not seen yet that the client hung up goes on to read what it had sent.
      boolean reading = reply.status() == 416 || reply.text().contains("upload is in use");
      if (!reading || System.nanoTime() - deadline > 0) {
        throw new IOException("an upload with " + has + " bytes refuses the next: " + reply);
      }
    }
  }

  private long ask() throws IOException {
    Reply status = server.wire().get(location);
    expect(204, status, "the status of the upload");
    String range = status.header("Range");
    long has = range.isEmpty() ? 0 : Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1;
    if (has == 1 && sent == 0) {
      // What an upload without bytes says: 0-0.
      has = 0;
    }
    if (has < acknowledged || has > Math.max(sent, acknowledged)) {
      violations.add(
          "an upload has %,d bytes; %,d were acknowledged, %,d sent"
              .formatted(has, acknowledged, sent));
    }
    return has;
  }

  private void patchTheRest() throws IOException {
    while (acknowledged < blob.length()) {
      patch(blob.from(acknowledged));
    }
  }

  private void patch(byte[] part) throws IOException {
    Reply reply = patchAt(acknowledged, part);
    if (reply.status() != 202) {
      throw new IOException("PATCH answers " + reply);
    }
    acknowledged += part.length;
    sent = acknowledged;
  }

  private Reply patchAt(long offset, byte[] part) throws IOException {
    return server.wire().patch(location, part, offset);
  }

  private void expect(int status, Reply reply, String what) {
    if (reply.status() != status) {
      violations.add(what + " answers " + reply);
    }
  }

  private URI at() {
    return server.wire().base().resolve(location);
  }

  /** Servers change their port, not their paths. */
  private static String path(String location) {
    URI uri = URI.create(location);
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }
}
