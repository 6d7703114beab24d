package io.registrykit.examples.torture.slow;

import io.registrykit.examples.torture.wire.Reply;
import io.registrykit.examples.torture.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Asks for a manifest fifty times a second, on connections of its own. Used by one thread. */
final class HonestClient implements Callable<HonestClient> {
  private static final long PAUSE_MILLIS = 20;

  private final Wire wire;
  private final String path;
  private final long end;
  private final List<Long> nanos = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  HonestClient(Wire wire, String path, long end) {
    this.wire = wire;
    this.path = path;
    this.end = end;
  }

  @Override
  public HonestClient call() throws InterruptedException {
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      try {
        Reply reply = wire.get(path);
        if (reply.status() != 200) {
          errors.add(reply.toString());
        }
      } catch (IOException e) {
        errors.add(e.toString());
      }
      nanos.add(System.nanoTime() - start);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return this;
  }

  /** How long each answer took. */
  List<Long> nanos() {
    return nanos;
  }

  /** What was not an answer. */
  List<String> errors() {
    return errors;
  }
}
