package io.registrykit.interop.jib;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of those that push the same image, and how it did. For use by one thread. */
final class Racer {
  /** Pushes the image. */
  @FunctionalInterface
  interface Push {
    void to(String repository) throws Exception;
  }

  private final String name;
  private final String folder;
  private final Push push;
  private final List<Duration> times = new ArrayList<>();
  private CountingProxy.Counts counts = new CountingProxy.Counts(0, 0, Map.of());

  Racer(String name, String folder, Push push) {
    this.name = name;
    this.folder = folder;
    this.push = push;
  }

  /** Pushes to a repository that does not exist yet. */
  void run(int round, CountingProxy proxy, boolean counted) throws Exception {
    proxy.take();
    long start = System.nanoTime();
    push.to("race/" + folder + "-" + round);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    counts = proxy.take();
    if (counted) {
      times.add(time);
    }
  }

  Duration median() {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  CountingProxy.Counts counts() {
    return counts;
  }

  @Override
  public String toString() {
    return "| %s | %d ms | %d | %d | %s |"
        .formatted(
            name, median().toMillis(), counts.all(), counts.connections(), counts.requests());
  }
}
