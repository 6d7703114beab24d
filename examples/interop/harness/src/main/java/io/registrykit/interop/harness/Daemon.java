package io.registrykit.interop.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs beside the test. Closing it ends it, with those that it started. */
public final class Daemon implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Path log;

  private Daemon(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param folder the working folder, which gets the log
   * @param environment variables that it has beside those of the test
   * @param words the program and its words
   * @return the program, which may not be ready yet
   * @throws IOException if it cannot be started
   */
  public static Daemon start(Path folder, Map<String, String> environment, String... words)
      throws IOException {
    String name = Path.of(words[0]).getFileName().toString();
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Daemon(name, builder.start(), log);
  }

  /**
   * Waits until it is ready.
   *
   * @param ready asked again and again
   * @param deadline when to give up
   * @return this
   * @throws AssertionError if it ends or is not ready in time, with its log
   */
  public Daemon await(BooleanSupplier ready, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!ready.getAsBoolean()) {
      boolean ended = ended();
      if (ended || System.nanoTime() - end > 0) {
        String log = log();
        close();
        throw new AssertionError(name + (ended ? " ended" : " is not ready in time") + "\n" + log);
      }
    }
    return this;
  }

  private boolean ended() {
    try {
      return process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * What it has printed.
   *
   * @return its log, or why that cannot be read
   */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    var children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
