package io.registrykit.examples.standalone;

import io.registrykit.CopyPlan;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.RemoteRepository;
import io.registrykit.model.Descriptor;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies an image from one repository to another. */
@Command(
    name = "copy",
    description = "Copy an image, with what refers to it, from one repository to another.")
final class CopyCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "FROM", description = "Such as localhost:5000/team/app:v1.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "Such as localhost:5000/mirror/app:v1.")
  private String to;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Copy this platform of an index alone, such as linux/arm64.")
  private @Nullable String platform;

  @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
  private boolean dryRun;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CopyCommand() {}

  @Override
  void run(RegistryClient client) {
    ImageReference source = ImageReference.parse(from);
    ImageReference target = ImageReference.parse(to);
    Set<Tag> tags = Optional.ofNullable(target.tag()).map(Set::of).orElse(Set.of());
    if (dryRun) {
      RemoteRepository destination = client.repository(target);
      CopyPlan plan =
          copier(platform)
              .build()
              .plan(
                  client.repository(source), ClientOptions.referenceOf(source), destination, tags);
      Plans.print(out(), plan);
      return;
    }
    Descriptor copied =
        copying(
            copier(platform),
            copier ->
                copier.copy(
                    client.repository(source),
                    ClientOptions.referenceOf(source),
                    client.repository(target),
                    tags));
    out().println(copied.digest());
  }
}
