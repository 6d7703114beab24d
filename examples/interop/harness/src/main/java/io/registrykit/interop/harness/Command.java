package io.registrykit.interop.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program to run: its words, where, with what environment and for how long. Immutable.
 *
 * <p>What the program prints goes to files, so that a program that prints a lot cannot hang.
 */
public final class Command {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private final List<String> words;
  private final Path folder;
  private final Map<String, String> environment;
  private final @Nullable String input;
  private final Duration deadline;

  private Command(
      List<String> words,
      Path folder,
      Map<String, String> environment,
      @Nullable String input,
      Duration deadline) {
    this.words = List.copyOf(words);
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.input = input;
    this.deadline = deadline;
  }

  /**
   * A command that runs in a folder.
   *
   * @param folder the working folder
   * @param program the program and its first words
   * @return the command
   */
  public static Command in(Path folder, String... program) {
    return new Command(List.of(program), folder, Map.of(), null, DEADLINE);
  }

  /**
   * Adds words at the end.
   *
   * @param more the words
   * @return a copy
   */
  public Command with(String... more) {
    List<String> all = new ArrayList<>(words);
    Collections.addAll(all, more);
    return new Command(all, folder, environment, input, deadline);
  }

  /**
   * Sets an environment variable.
   *
   * @param name its name
   * @param value its value
   * @return a copy
   */
  public Command env(String name, String value) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put(name, value);
    return new Command(words, folder, all, input, deadline);
  }

  /**
   * Gives the program something to read.
   *
   * @param text what comes on its standard input
   * @return a copy
   */
  public Command reading(String text) {
    return new Command(words, folder, environment, text, deadline);
  }

  /**
   * Sets when the program is killed.
   *
   * @param newDeadline from its start
   * @return a copy
   */
  public Command within(Duration newDeadline) {
    return new Command(words, folder, environment, input, newDeadline);
  }

  /**
   * Runs the program and expects that it succeeds.
   *
   * @param more words at the end
   * @return what it printed and how long it took
   * @throws AssertionError if it fails or takes too long, with what it printed
   */
  public Outcome run(String... more) {
    Outcome outcome = attempt(more);
    if (outcome.exit() != 0) {
      throw new AssertionError(outcome.describe());
    }
    return outcome;
  }

  /**
   * Runs the program, whatever its exit code is.
   *
   * @param more words at the end
   * @return what it printed and how long it took
   * @throws AssertionError if it takes too long, with what it printed
   */
  public Outcome attempt(String... more) {
    List<String> all = new ArrayList<>(words);
    Collections.addAll(all, more);
    try {
      return execute(all);
    } catch (IOException e) {
      throw new AssertionError("cannot run " + String.join(" ", all), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + String.join(" ", all), e);
    }
  }

  private Outcome execute(List<String> all) throws IOException, InterruptedException {
    Path out = Files.createTempFile("interop", ".out");
    Path err = Files.createTempFile("interop", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        if (input != null) {
          stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The program ended without reading; its exit code tells why.
      }
      boolean ended = process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      Outcome outcome =
          new Outcome(
              all, process.exitValue(), Files.readString(out), Files.readString(err), elapsed);
      if (!ended) {
        throw new AssertionError("killed at its deadline: " + outcome.describe());
      }
      return outcome;
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  /**
   * How a program ended.
   *
   * @param words what was run
   * @param exit the exit code
   * @param out its standard output
   * @param err its standard error
   * @param elapsed from start to end
   */
  public record Outcome(List<String> words, int exit, String out, String err, Duration elapsed) {

    /**
     * The last line of the standard output that is not blank.
     *
     * @return the line without the white space around it, or nothing
     */
    public String lastLine() {
      return out.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> b);
    }

    /**
     * Everything there is to know, for a failure message.
     *
     * @return several lines
     */
    public String describe() {
      return "exit %d after %d ms: %s%n--- stdout%n%s%n--- stderr%n%s"
          .formatted(exit, elapsed.toMillis(), String.join(" ", words), tail(out), tail(err));
    }

    private static String tail(String text) {
      int most = 8_000;
      return text.length() <= most ? text : "..." + text.substring(text.length() - most);
    }
  }
}
