package io.registrykit.examples.standalone;

import io.registrykit.Copier;
import io.registrykit.client.CallOptions;
import io.registrykit.client.RegistryClient;
import io.registrykit.model.Descriptor;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies an image from one repository to another. */
@Command(
    name = "copy",
    description = "Copy an image, with what refers to it, from one repository to another.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CopyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(index = "0", paramLabel = "FROM", description = "Such as localhost:5000/team/app:v1.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "Such as localhost:5000/mirror/app:v1.")
  private String to;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Copy this platform of an index alone, such as linux/arm64.")
  private @Nullable String platform;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CopyCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (RegistryClient client = options.open(err)) {
      ImageReference source = ImageReference.parse(from);
      ImageReference target = ImageReference.parse(to);
      Set<Tag> tags = Optional.ofNullable(target.tag()).map(Set::of).orElse(Set.of());
      Copier.Builder copier = Copier.builder().referrers(true);
      if (platform != null) {
        copier.platforms(one -> one.toString().equals(platform));
      }
      Descriptor copied;
      try (TransferProgress progress = new TransferProgress(err)) {
        copied =
            copier
                .build()
                .copy(
                    client.repository(source),
                    ClientOptions.referenceOf(source),
                    client.repository(target).with(CallOptions.standard().listener(progress)),
                    tags);
      }
      out.println(copied.digest());
    }
    return 0;
  }
}
