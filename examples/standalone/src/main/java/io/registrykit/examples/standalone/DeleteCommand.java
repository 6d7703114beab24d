package io.registrykit.examples.standalone;

import io.registrykit.client.RegistryClient;
import io.registrykit.client.RemoteRepository;
import io.registrykit.model.Digest;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes a tag or a manifest. */
@Command(
    name = "delete",
    description = "Delete a tag, or with a digest a manifest and all its tags.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DeleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "Such as localhost:5000/team/app:v1.")
  private String image;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DeleteCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (RegistryClient client = options.open(err)) {
      ImageReference parsed = ImageReference.parse(image);
      RemoteRepository repository = client.repository(parsed);
      Digest digest = parsed.digest();
      Tag tag = parsed.tag();
      if (digest != null) {
        repository.deleteManifest(digest);
      } else if (tag != null) {
        repository.deleteTag(tag);
      } else {
        throw new IOException("say which tag or digest to delete");
      }
      out.println("deleted " + parsed);
    }
    return 0;
  }
}
