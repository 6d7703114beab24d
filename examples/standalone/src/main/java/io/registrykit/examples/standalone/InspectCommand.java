package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.model.ImageReference;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a manifest. */
@Command(
    name = "inspect",
    description = "Show the digest and the manifest of an image.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "Such as localhost:5000/team/app:v1.")
  private String image;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InspectCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (RegistryClient client = options.open(err)) {
      ImageReference parsed = ImageReference.parse(image);
      Reference reference = ClientOptions.referenceOf(parsed);
      RawManifest manifest =
          client
              .repository(parsed)
              .manifest(reference)
              .orElseThrow(() -> new IOException("there is no " + image));
      out.println("digest: " + manifest.digest());
      out.println("type:   " + manifest.mediaType());
      out.println("size:   " + manifest.content().length());
      out.println(manifest.content().toUtf8());
      err.flush();
    }
    return 0;
  }
}
