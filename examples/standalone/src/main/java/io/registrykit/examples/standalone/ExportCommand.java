package io.registrykit.examples.standalone;

import io.registrykit.Copier;
import io.registrykit.CopyReport;
import io.registrykit.Registry;
import io.registrykit.Repository;
import io.registrykit.client.RegistryClient;
import io.registrykit.client.layout.ImageArchive;
import io.registrykit.model.ImageReference;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes images of a registry to files. */
@Command(
    name = "export",
    description = {
      "Write an image, a repository or a whole registry to a folder or a tar file.",
      "The images of one repository are called by their tags there, those of a registry by their"
          + " full names."
    })
final class ExportCommand extends ArchiveCommand {
  @Option(
      names = "--format",
      paramLabel = "FORM",
      description =
          "folder, oci (a tar file of such a folder) or docker (as docker save writes it). Default:"
              + " by the name of the place.")
  private @Nullable ArchiveForm form;

  @Option(
      names = "--full-names",
      description = "Call the images of one repository by their full names as well.")
  private boolean fullNames;

  @Override
  void run(RegistryClient client) throws IOException {
    ArchiveForm chosen = form == null ? ArchiveForm.of(place()) : form;
    boolean docker = chosen == ArchiveForm.DOCKER;
    String wanted = docker && platform() == null ? "linux/amd64" : platform();
    try (RegistryEnd end = openRegistry(client);
        ImageArchive archive = chosen.create(place())) {
      CopyReport report =
          copying(
              copier(wanted).referrers(!docker),
              copier -> export(copier, end, archive, fullNames || docker));
      archive.finish();
      Totals.print(out(), report);
    }
  }

  private static CopyReport export(
      Copier copier, RegistryEnd end, ImageArchive archive, boolean fullNames) {
    Registry registry = end.registry();
    Optional<ImageReference> image = end.image();
    if (image.isEmpty()) {
      return copier.copyAll(registry, archive);
    }
    Repository from = registry.repository(image.get().repository());
    Repository to = fullNames ? archive.repository(image.get().repository()) : archive.unnamed();
    Optional<Reference> reference = image.get().reference();
    if (reference.isEmpty()) {
      return copier.copyAll(from, to);
    }
    Tag tag = image.get().tag();
    copier.copy(from, reference.get(), to, tag == null ? Set.of() : Set.of(tag));
    return new CopyReport(1, 1, tag == null ? 0 : 1);
  }
}
