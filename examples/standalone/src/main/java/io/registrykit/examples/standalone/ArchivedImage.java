package io.registrykit.examples.standalone;

import io.registrykit.RepositoryReader;
import io.registrykit.client.layout.ImageArchive;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.Reference;
import io.registrykit.model.RepositoryName;
import io.registrykit.model.Tag;
import java.io.IOException;
import java.util.Optional;

/**
 * An image that was found in an archive. Immutable.
 *
 * @param repository the part of the archive
 * @param reference the image in it
 */
record ArchivedImage(RepositoryReader repository, Reference reference) {

  /** The image with a tag alone, else the one with the full name, else the only one. */
  static ArchivedImage find(ImageArchive archive, RepositoryName name, Tag tag) throws IOException {
    if (archive.unnamed().describe(tag).isPresent()) {
      return new ArchivedImage(archive.unnamed(), tag);
    }
    if (archive.repository(name).describe(tag).isPresent()) {
      return new ArchivedImage(archive.repository(name), tag);
    }
    return archive
        .only()
        .map(digest -> new ArchivedImage(archive.unnamed(), digest))
        .orElseThrow(() -> new IOException("there is no " + name + ":" + tag + " in it"));
  }

  /** The images with a tag alone, else those of the only repository. */
  static Optional<RepositoryReader> onlyRepository(ImageArchive archive) {
    if (!archive.unnamed().tags(PageRequest.first(1)).items().isEmpty()) {
      return Optional.of(archive.unnamed());
    }
    Page<RepositoryName> names = archive.repositories(PageRequest.first(2));
    return names.items().size() == 1
        ? Optional.of(archive.repository(names.items().get(0)))
        : Optional.empty();
  }
}
