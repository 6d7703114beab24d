package io.registrykit.examples.torture.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process uses, as Linux and the JVM say. Immutable. */
public final class Resources {
  private final long pid;
  private final Path folder;

  /** The resources of a process that runs. */
  public Resources(Process process) {
    this.pid = process.pid();
    this.folder = Path.of("/proc", Long.toString(pid));
  }

  /** The most memory that was resident so far, in KiB. */
  public long peakResidentKib() throws IOException {
    return status("VmHWM:");
  }

  /** How many threads there are. */
  public long threads() throws IOException {
    return status("Threads:");
  }

  private long status(String field) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.substring(field.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("no " + field + " of process " + pid);
  }

  /** How many files and connections are open. */
  public long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
      return files.count();
    }
  }

  /** What is left on the heap of a JVM of our kind when it has collected its garbage, in bytes. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram"))
            .redirectErrorStream(true)
            .start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("jcmd says: " + text);
    }
    String[] total = text.substring(text.lastIndexOf('\n') + 1).strip().split(" +", -1);
    return Long.parseLong(total[total.length - 1]);
  }
}
