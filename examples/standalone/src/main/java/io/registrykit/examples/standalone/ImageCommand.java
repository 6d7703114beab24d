package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.RemoteRepository;
import io.registrykit.model.ImageReference;
import picocli.CommandLine.Parameters;

/** A command about one image of a registry. Filled by picocli, for one thread. */
abstract class ImageCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "Such as localhost:5000/team/app:v1.")
  private String image;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ImageCommand() {}

  @Override
  final void run(RegistryClient client) throws Exception {
    ImageReference parsed = ImageReference.parse(image);
    run(client.repository(parsed), parsed);
  }

  abstract void run(RemoteRepository repository, ImageReference reference) throws Exception;
}
