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

/** Pushes an image of an OCI layout. */
@Command(
    name = "push",
    description = "Push an image from a folder in the OCI image layout.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PushCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "The OCI image layout.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "IMAGE",
      description = "Where to; its tag also names the image in the layout.")
  private String image;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PushCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (RegistryClient client = options.open(err)) {
      ImageReference parsed = ImageReference.parse(image);
      Tag tag = parsed.tag() == null ? new Tag("latest") : parsed.tag();
      Descriptor pushed;
      try (TransferProgress progress = new TransferProgress(err)) {
        pushed =
            Copier.builder()
                .referrers(true)
                .build()
                .copy(
                    new OciLayout(folder),
                    tag,
                    client.repository(parsed).with(CallOptions.standard().listener(progress)),
                    Set.of(tag));
      }
      out.println(pushed.digest());
    }
    return 0;
  }
}
