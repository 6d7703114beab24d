package io.registrykit.examples.torture;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small disk in memory; skips the test where nobody may mount one. */
final class TmpFs implements AutoCloseable {
  private final Path folder;

  TmpFs(String options) throws IOException, InterruptedException {
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

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (run("umount", folder.toString()) != 0) {
      throw new IOException("cannot unmount " + folder);
    }
    Files.delete(folder);
  }
}
