package io.registrykit.examples.standalone;

import io.registrykit.store.fs.CheckListener;
import io.registrykit.store.fs.CheckReport;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.fs.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a folder that no server has open. */
@Command(
    name = "fsck",
    description = "Read everything in a folder that no server has open, and say what is damaged.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class FsckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--root", paramLabel = "DIR", required = true, description = "The folder.")
  private Path root;

  @Option(
      names = "--repair",
      description = "Mend what can be mended; nothing that is intact is lost by it.")
  private boolean repair;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  FsckCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!Files.isDirectory(root)) {
      throw new IOException(root + " is not a folder");
    }
    CheckReport report;
    try (Progress progress = Progress.ofBytes(spec.commandLine().getErr(), "fsck")) {
      report = FileStore.check(root, repair, new Narrator(out, progress));
    }
    out.printf(
        "read %,d blobs with %,d bytes and %,d repositories: %,d findings, %,d repaired%n",
        report.blobs(),
        report.bytes(),
        report.repositories(),
        report.findings(),
        report.repaired());
    return report.isClean() ? 0 : 1;
  }

  /** Prints each finding on a line, and shows how far the reading is. */
  private record Narrator(PrintWriter out, Progress progress) implements CheckListener {
    @Override
    public void onFinding(Finding finding) {
      progress.clear();
      out.println(finding);
    }

    @Override
    public void onProgress(long bytes, long allBytes) {
      progress.at(bytes, allBytes, "");
    }
  }
}
