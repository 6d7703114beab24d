package io.registrykit.examples.standalone;

import io.registrykit.client.RemoteRepository;
import io.registrykit.model.ImageReference;
import io.registrykit.model.RawManifest;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Shows a manifest. */
@Command(name = "inspect", description = "Show the digest and the manifest of an image.")
final class InspectCommand extends ImageCommand {

  @Override
  void run(RemoteRepository repository, ImageReference reference) throws IOException {
    RawManifest manifest =
        repository
            .manifest(ClientOptions.referenceOf(reference))
            .orElseThrow(() -> new IOException("there is no " + reference));
    out().println("digest: " + manifest.digest());
    out().println("type:   " + manifest.mediaType());
    out().println("size:   " + manifest.content().length());
    out().println(manifest.content().toUtf8());
  }
}
