package io.registrykit.examples.torture.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a server took to start, each time, over a store that grows meanwhile. Used by one
 * thread.
 */
final class StartUps {
  private static final int PARTS = 4;

  private final List<Duration> starts = new ArrayList<>();

  void add(Duration took) {
    starts.add(took);
  }

  /** The figures of all starts, and of each quarter of them in turn. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(0, starts.size()));
    for (int part = 0; part < PARTS && starts.size() >= PARTS; part++) {
      lines.add(line(starts.size() * part / PARTS, starts.size() * (part + 1) / PARTS));
    }
    return lines;
  }

  private String line(int from, int to) {
    List<Duration> sorted = starts.subList(from, to).stream().sorted().toList();
    return "starts %,d to %,d: median %d ms, p99 %d ms, longest %d ms"
        .formatted(
            from + 1,
            to,
            sorted.get(sorted.size() / 2).toMillis(),
            sorted.get(sorted.size() * 99 / 100).toMillis(),
            sorted.get(sorted.size() - 1).toMillis());
  }
}
