package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.layout.ImageArchive;
import io.registrykit.model.Descriptor;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pulls an image into an OCI layout. */
@Command(
    name = "pull",
    description = {
      "Pull an image into a folder in the OCI image layout, or a tar file of one.",
      "See export for other forms, and for more than one image."
    })
final class PullCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "Such as localhost:5000/team/app:v1.")
  private String image;

  @Parameters(
      index = "1",
      paramLabel = "PLACE",
      description = "The folder, or a file that ends with .tar.")
  private Path place;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PullCommand() {}

  @Override
  void run(RegistryClient client) {
    ImageReference parsed = ImageReference.parse(image);
    Tag tag = parsed.tag() == null ? new Tag("latest") : parsed.tag();
    try (ImageArchive archive = ArchiveForm.of(place).create(place)) {
      Descriptor pulled =
          copying(
              copier(null),
              copier ->
                  copier.copy(
                      client.repository(parsed),
                      ClientOptions.referenceOf(parsed),
                      archive.unnamed(),
                      Set.of(tag)));
      archive.finish();
      out().println(pulled.digest());
    }
  }
}
