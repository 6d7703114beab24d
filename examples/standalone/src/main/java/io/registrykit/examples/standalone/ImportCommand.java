package io.registrykit.examples.standalone;

import io.registrykit.Copier;
import io.registrykit.CopyReport;
import io.registrykit.Repository;
import io.registrykit.RepositoryReader;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.layout.ImageArchive;
import io.registrykit.model.ImageReference;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts images of files into a registry. */
@Command(
    name = "import",
    description = {
      "Put the images of a folder in the OCI image layout, of a tar file of one, or of what docker"
          + " save and podman save write, into a registry.",
      "Images with full names go back to where those say."
    })
final class ImportCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "PLACE", description = "The folder or the file.")
  private Path place;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description =
          "Such as localhost:5000 for all that have full names, localhost:5000/team/app for those of"
              + " one repository or localhost:5000/team/app:v1; with --root without the host.")
  private @Nullable String target;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Import into this folder, which no server has open.")
  private @Nullable Path root;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Import this platform of an index alone, such as linux/arm64.")
  private @Nullable String platform;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ImportCommand() {}

  @Override
  void run(RegistryClient client) throws IOException {
    try (ImageArchive archive = ImageArchive.open(place);
        RegistryEnd end = RegistryEnd.open(client, root, target)) {
      Source source = source(archive, end.image());
      CopyReport report = copying(copier(platform), copier -> source.copy(copier, end));
      Totals.print(out(), report);
    }
  }

  /** What to copy, once it is known that there is something. */
  @FunctionalInterface
  private interface Source {
    CopyReport copy(Copier copier, RegistryEnd end);
  }

  private Source source(ImageArchive archive, Optional<ImageReference> image) throws IOException {
    if (image.isEmpty()) {
      if (archive.repositories(PageRequest.first(1)).items().isEmpty()) {
        throw new IOException("the images of " + place + " have no full names; say a repository");
      }
      return (copier, end) -> copier.copyAll(archive, end.registry());
    }
    Tag tag = image.get().tag();
    Optional<RepositoryReader> all = ArchivedImage.onlyRepository(archive);
    if (tag == null && all.isPresent()) {
      return (copier, end) -> copier.copyAll(all.get(), into(end, image.get()));
    }
    Tag named = tag == null ? new Tag("latest") : tag;
    ArchivedImage one = ArchivedImage.find(archive, image.get().repository(), named);
    return (copier, end) -> {
      copier.copy(one.repository(), one.reference(), into(end, image.get()), Set.of(named));
      return new CopyReport(1, 1, 1);
    };
  }

  private static Repository into(RegistryEnd end, ImageReference image) {
    return end.registry().repository(image.repository());
  }
}
