package io.registrykit.examples.standalone;

import io.registrykit.maintenance.CollectionListener;
import io.registrykit.maintenance.CollectionReport;
import io.registrykit.maintenance.Explanation;
import io.registrykit.maintenance.Finding;
import io.registrykit.maintenance.GarbageCollector;
import io.registrykit.maintenance.RetentionPolicy;
import io.registrykit.model.Digest;
import io.registrykit.store.fs.FileStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Collects the garbage of a folder that no server has open; a server does so by itself. */
@Command(
    name = "gc",
    description = {
      "Delete what no repository needs any more.",
      "A server does this by itself; this is for a folder that no server has open."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GcCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--root", paramLabel = "DIR", required = true, description = "The folder.")
  private Path root;

  @Option(names = "--dry-run", description = "Say what would go and why, and delete nothing.")
  private boolean dryRun;

  @Option(
      names = "--explain",
      paramLabel = "DIGEST",
      description = "Say what keeps this manifest or blob, or why it goes, and delete nothing.")
  private @Nullable String explain;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description =
          "Leave alone what is younger, such as PT1H for an hour. Default: ${DEFAULT-VALUE}.",
      defaultValue = "P1D")
  private Duration grace;

  @Option(
      names = "--untagged-after",
      paramLabel = "TIME",
      description =
          "Delete manifests without a tag that are older, such as P7D. Default: keep them.")
  private @Nullable Duration untaggedAfter;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  GcCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (FileStore store = FileStore.open(root);
        Progress progress = Progress.open(spec.commandLine().getErr(), "gc")) {
      GarbageCollector collector = collector(store, new Narrator(out, progress));
      if (explain != null) {
        print(out, collector.explain(Digest.parse(explain)));
        return 0;
      }
      CollectionReport report = dryRun ? collector.rehearse() : collector.collect();
      progress.clear();
      out.printf(
          "%s %,d manifests and %,d blobs, %,d bytes; took %,d blobs out of repositories%n",
          dryRun ? "would delete" : "deleted",
          report.deletedManifests(),
          report.deletedBlobs(),
          report.deletedBytes(),
          report.unlinkedBlobs());
    }
    return 0;
  }

  private GarbageCollector collector(FileStore store, CollectionListener listener) {
    GarbageCollector.Builder builder =
        GarbageCollector.builder(store).grace(grace).listener(listener);
    if (untaggedAfter != null) {
      builder.retention(RetentionPolicy.deleteUntaggedAfter(untaggedAfter));
    }
    return builder.build();
  }

  private static void print(PrintWriter out, Explanation explanation) {
    out.println(
        explanation.digest()
            + (explanation.storedBytes().isPresent()
                ? ": a blob of " + explanation.storedBytes().getAsLong() + " bytes"
                : ": no blob of this digest is stored"));
    explanation
        .holds()
        .forEach(
            hold ->
                out.println(
                    "kept: " + hold.reason() + " " + hold.by() + " in " + hold.repository()));
    explanation.findings().forEach(finding -> out.println("goes: " + describe(finding)));
  }

  private static String describe(Finding finding) {
    return finding.digest()
        + " "
        + finding.reason()
        + (finding.repository() == null ? "" : " in " + finding.repository());
  }

  /** Prints what the collector finds, each on a line, and counts the rest. */
  private record Narrator(PrintWriter out, Progress progress) implements CollectionListener {
    @Override
    public void onFinding(Finding finding) {
      progress.clear();
      out.println(describe(finding));
    }

    @Override
    public void onProgress(CollectionReport soFar) {
      progress.at(
          "%,d repositories, %,d manifests, %,d blobs looked at"
              .formatted(soFar.repositories(), soFar.manifestsSeen(), soFar.blobsSeen()));
    }
  }
}
