package io.registrykit.examples.torture.slow;

import io.registrykit.examples.torture.process.Resources;
import io.registrykit.examples.torture.process.ServerProcess;
import io.registrykit.examples.torture.wire.Blob;
import io.registrykit.examples.torture.wire.Manifest;
import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Honest clients and one long upload beside a crowd of slow clients. */
public final class SlowRun {
  private static final String REPOSITORY = "slow/app";
  private static final List<String> JVM = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
  private static final int MAX_P99_MILLIS = 100;
  private static final int LARGE = 32 << 20;

  private SlowRun() {}

  /**
   * What came of a run.
   *
   * @param cut how often a slow client was cut off or turned away
   * @param errors what honest clients got instead of an answer, the upload included
   * @param threads the least and the most of the server, once the crowd was there
   * @param files the same of its open files and connections
   * @param residentMib the most memory of the server, in MiB
   */
  public record Report(
      long cut,
      int requests,
      double medianMillis,
      double p99Millis,
      List<String> errors,
      Range threads,
      Range files,
      long residentMib) {
    /** One line of figures. */
    public String summary() {
      return "slow clients cut off %,d times; %,d manifest GETs, median %.2f ms, p99 %.2f ms, %d errors; %s threads, %s files, peak %d MiB resident"
          .formatted(
              cut, requests, medianMillis, p99Millis, errors.size(), threads, files, residentMib);
    }
  }

  /** The least and the most of a figure. */
  public record Range(long least, long most) {
    private Range with(long value) {
      return new Range(Math.min(least, value), Math.max(most, value));
    }

    @Override
    public String toString() {
      return least + " to " + most;
    }
  }

  /**
   * Runs it as a command.
   *
   * @param args a folder; and optionally for how many seconds, how many slow and how many honest
   */
  @SuppressWarnings("SystemOut") // a command
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 600;
    int slow = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
    int honest = args.length > 3 ? Integer.parseInt(args[3]) : 20;
    Report report = run(Path.of(args[0]), seconds, slow, honest);
    System.out.println(report.summary());
    report.errors().stream().limit(20).forEach(System.out::println);
    System.exit(report.errors().isEmpty() && report.p99Millis() <= MAX_P99_MILLIS ? 0 : 1);
  }

  /** Runs it on an empty folder. */
  public static Report run(Path root, int seconds, int slow, int honest) throws Exception {
    try (ServerProcess server = ServerProcess.standalone(JVM, root)) {
      Wire wire = server.wire();
      Blob large = Blob.random(new SplittableRandom(1), LARGE);
      Manifest manifest = Manifest.image(large, List.of());
      expect(wire.post(REPOSITORY, large));
      expect(wire.put(REPOSITORY, "latest", manifest));
      String blobPath = "/v2/" + REPOSITORY + "/blobs/" + large.digest();
      ExecutorService threads = Executors.newFixedThreadPool(honest + 1);
      try (SlowCrowd crowd = new SlowCrowd(wire.base(), REPOSITORY, blobPath, slow)) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Future<String> upload =
            threads.submit(new SteadyUpload(wire.base(), wire, "slow/steady", seconds));
        List<Future<HonestClient>> clients = new ArrayList<>();
        for (int i = 0; i < honest; i++) {
          clients.add(
              threads.submit(
                  new HonestClient(
                      new Wire(wire.base()), "/v2/" + REPOSITORY + "/manifests/latest", end)));
        }
        Resources resources = new Resources(server.process());
        Range[] ranges = watch(resources, seconds, end);
        return report(crowd.cut(), clients, upload.get(), ranges, resources);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static void expect(Reply reply) {
    if (reply.status() != 201) {
      throw new IllegalStateException("answers " + reply);
    }
  }

  private static Range[] watch(Resources resources, int seconds, long end)
      throws IOException, InterruptedException {
    // Until then the crowd gathers.
    TimeUnit.SECONDS.sleep(seconds / 5);
    Range threads = new Range(Long.MAX_VALUE, 0);
    Range files = threads;
    while (System.nanoTime() < end) {
      threads = threads.with(resources.threads());
      files = files.with(resources.openFiles());
      TimeUnit.SECONDS.sleep(1);
    }
    return new Range[] {threads, files};
  }

  private static Report report(
      long cut,
      List<Future<HonestClient>> clients,
      String upload,
      Range[] ranges,
      Resources resources)
      throws Exception {
    List<String> errors = new ArrayList<>();
    List<Long> nanos = new ArrayList<>();
    for (Future<HonestClient> client : clients) {
      nanos.addAll(client.get().nanos());
      errors.addAll(client.get().errors());
    }
    if (!upload.isEmpty()) {
      errors.add(upload);
    }
    nanos.sort(null);
    return new Report(
        cut,
        nanos.size(),
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get((int) (nanos.size() * 0.99)) / 1e6,
        errors,
        ranges[0],
        ranges[1],
        resources.peakResidentKib() >> 10);
  }
}
