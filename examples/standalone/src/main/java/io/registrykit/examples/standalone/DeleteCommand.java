package io.registrykit.examples.standalone;

import io.registrykit.client.RemoteRepository;
import io.registrykit.model.Digest;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Deletes a tag or a manifest. */
@Command(
    name = "delete",
    description = "Delete a tag, or with a digest a manifest and all its tags.")
final class DeleteCommand extends ImageCommand {

  @Override
  void run(RemoteRepository repository, ImageReference reference) throws IOException {
    Digest digest = reference.digest();
    Tag tag = reference.tag();
    if (digest != null) {
      repository.deleteManifest(digest);
    } else if (tag != null) {
      repository.deleteTag(tag);
    } else {
      throw new IOException("say which tag or digest to delete");
    }
    out().println("deleted " + reference);
  }
}
