package io.registrykit.examples.standalone;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.store.StoreUsage;
import io.registrykit.store.fs.FileStore;
import io.registrykit.store.fs.RepositoryUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how much a folder holds that no server has open. */
@Command(
    name = "usage",
    description = "Say how much a folder holds that no server has open, and each repository in it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class UsageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--root", paramLabel = "DIR", required = true, description = "The folder.")
  private Path root;

  @Parameters(
      arity = "0..*",
      paramLabel = "REPOSITORY",
      description = "Which repositories. Default: all.")
  private List<String> repositories = List.of();

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  UsageCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!Files.isDirectory(root)) {
      throw new IOException(root + " is not a folder");
    }
    try (FileStore store = FileStore.open(root)) {
      StoreUsage all = store.blobs().usage();
      out.printf(
          "%,d blobs with %,d bytes, %,d uploads with %,d bytes%n",
          all.blobs(), all.blobBytes(), all.uploads(), all.uploadBytes());
      if (repositories.isEmpty()) {
        try (Progress progress = Progress.open(spec.commandLine().getErr(), "usage")) {
          store.usageOfAll(
              usage -> {
                progress.clear();
                print(out, usage);
              });
        }
      }
      for (String name : repositories) {
        print(out, store.usage(RepositoryName.parse(name)));
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, RepositoryUsage usage) {
    out.printf(
        "%s: %,d blobs, %,d bytes of its own, %,d shared; %,d manifests; deleting it frees %,d%n",
        usage.repository(),
        usage.blobs(),
        usage.uniqueBytes(),
        usage.sharedBytes(),
        usage.manifests(),
        usage.freedIfDeleted());
  }
}
