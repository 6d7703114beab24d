package io.registrykit.examples.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small disk of its own; skips the test where nobody may mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path work;
  private final Path folder;

  private SmallDisk(Path work) {
    this.work = work;
    this.folder = work.resolve("disk");
  }

  /** A disk in memory, with options such as {@code size=64m}. */
  static SmallDisk inMemory(String options) throws IOException {
    return new SmallDisk(Files.createTempDirectory("small-disk"))
        .mounted("-t", "tmpfs", "-o", options, "none");
  }

  /** A real ext4 of so many MiB, in a file. */
  static SmallDisk ext4(int megabytes) throws IOException {
    Path work = Files.createTempDirectory("small-disk");
    Path image = work.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) megabytes << 20);
    }
    SmallDisk disk = new SmallDisk(work);
    if (run("mkfs.ext4", "-q", "-F", image.toString()) != 0) {
      throw new IOException("no ext4 can be made in " + image);
    }
    return disk.mounted("-t", "ext4", "-o", "loop", image.toString());
  }

  private SmallDisk mounted(String... how) throws IOException {
    Files.createDirectory(folder);
    String[] command = new String[how.length + 2];
    command[0] = "mount";
    System.arraycopy(how, 0, command, 1, how.length);
    command[how.length + 1] = folder.toString();
    boolean mounted = run(command) == 0;
    if (!mounted) {
      removeFiles();
    }
    Assumptions.assumeTrue(mounted, "only root may mount a small disk");
    return this;
  }

  /** Where the disk is mounted. */
  Path folder() {
    return folder;
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command[0] + " did not end in time");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + command[0], e);
    }
  }

  @Override
  public void close() throws IOException {
    if (run("umount", folder.toString()) != 0) {
      throw new IOException("cannot unmount " + folder);
    }
    removeFiles();
  }

  private void removeFiles() throws IOException {
    Files.deleteIfExists(work.resolve("image"));
    Files.delete(folder);
    Files.delete(work);
  }
}
