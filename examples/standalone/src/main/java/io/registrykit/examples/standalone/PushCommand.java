package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.layout.ImageArchive;
import io.registrykit.model.Descriptor;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pushes an image of an archive. */
@Command(
    name = "push",
    description = {
      "Push an image from a folder in the OCI image layout, a tar file of one, or what docker save"
          + " writes.",
      "See import for more than one image."
    })
final class PushCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "PLACE", description = "The folder or the file.")
  private Path place;

  @Parameters(
      index = "1",
      paramLabel = "IMAGE",
      description = "Where to; it also names the image in the file, unless there is but one.")
  private String image;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PushCommand() {}

  @Override
  void run(RegistryClient client) throws IOException {
    ImageReference parsed = ImageReference.parse(image);
    Tag tag = parsed.tag() == null ? new Tag("latest") : parsed.tag();
    try (ImageArchive archive = ImageArchive.open(place)) {
      ArchivedImage found = ArchivedImage.find(archive, parsed.repository(), tag);
      Descriptor pushed =
          copying(
              copier(null),
              copier ->
                  copier.copy(
                      found.repository(),
                      found.reference(),
                      client.repository(parsed),
                      Set.of(tag)));
      out().println(pushed.digest());
    }
  }
}
