package io.registrykit.examples.torture.process;

import io.registrykit.examples.torture.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A registry in a process of its own, which listens from its first line of output on. */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final Wire wire;
  private final Duration startUp;

  private ServerProcess(Process process, Wire wire, Duration startUp) {
    this.process = process;
    this.wire = wire;
    this.startUp = startUp;
  }

  /** The server of the command line, with words for {@code serve}. */
  public static ServerProcess standalone(List<String> jvm, Path root, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "--port", "0", "--root"));
    words.add(root.toString());
    words.addAll(List.of(more));
    return start(jvm, "io.registrykit.examples.standalone.Main", words);
  }

  /**
   * Starts a class of this class path and waits until it listens.
   *
   * @param jvm options of the JVM
   * @throws IOException if it ends before it listens
   */
  public static ServerProcess start(List<String> jvm, String mainClass, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(words);
    long began = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith(LISTENING)) {
      process.destroyForcibly();
      throw new IOException("the server does not start: " + line);
    }
    Duration startUp = Duration.ofNanos(System.nanoTime() - began);
    return new ServerProcess(
        process, new Wire(URI.create(line.substring(LISTENING.length()))), startUp);
  }

  /** A way to the server. */
  public Wire wire() {
    return wire;
  }

  /** From the start of the process to its first line, the start of the JVM included. */
  public Duration startUp() {
    return startUp;
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** Ends the process as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to end, and kills it when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
