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
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** Puts images of files into a registry. */
@Command(
    name = "import",
    description = {
      "Put the images of a folder in the OCI image layout, of a tar file of one, or of what docker"
          + " save and podman save write, into a registry.",
      "Images with full names go back to where those say."
    })
final class ImportCommand extends ArchiveCommand {
  @Override
  void run(RegistryClient client) throws IOException {
    try (ImageArchive archive = ImageArchive.open(place());
        RegistryEnd end = openRegistry(client)) {
      Source source = source(archive, end.image());
      CopyReport report = copying(copier(platform()), copier -> source.copy(copier, end));
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
        throw new IOException("the images of " + place() + " have no full names; say a repository");
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
