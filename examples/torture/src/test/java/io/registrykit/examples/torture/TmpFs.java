package io.registrykit.examples.torture;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small disk in memory; skips the test where nobody may mount one. */
final class TmpFs implements AutoCloseable {
  private final Path folder;

  TmpFs(String options) throws IOException {
    folder = Files.createTempDirectory("small-disk");
    boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "none", folder.toString()) == 0;
    if (!mounted) {
      Files.delete(folder);
    }
    Assumptions.assumeTrue(mounted, "only root may mount a small disk");
  }

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
    Files.delete(folder);
  }
}
