package io.registrykit.examples.standalone;

import io.registrykit.Copier;
import io.registrykit.client.CallOptions;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.layout.OciLayout;
import io.registrykit.model.Descriptor;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pulls an image into an OCI layout. */
@Command(
    name = "pull",
    description = "Pull an image into a folder in the OCI image layout.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PullCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "Such as localhost:5000/team/app:v1.")
  private String image;

  @Parameters(index = "1", paramLabel = "FOLDER", description = "The OCI image layout.")
  private Path folder;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PullCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (RegistryClient client = options.open(err)) {
      ImageReference parsed = ImageReference.parse(image);
      Tag tag = parsed.tag() == null ? new Tag("latest") : parsed.tag();
      Descriptor pulled;
      try (TransferProgress progress = new TransferProgress(err)) {
        pulled =
            Copier.builder()
                .referrers(true)
                .build()
                .copy(
                    client.repository(parsed).with(CallOptions.standard().listener(progress)),
                    ClientOptions.referenceOf(parsed),
                    new OciLayout(folder),
                    Set.of(tag));
      }
      out.println(pulled.digest());
    }
    return 0;
  }
}
