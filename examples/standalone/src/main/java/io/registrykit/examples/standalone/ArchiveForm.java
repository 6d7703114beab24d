package io.registrykit.examples.standalone;

import io.registrykit.client.layout.ImageArchive;
import java.nio.file.Path;

/** How images are kept in files. */
enum ArchiveForm {
  /** A folder in the OCI image layout. */
  FOLDER,
  /** The same in a tar file. */
  OCI,
  /** A tar file like those of {@code docker save}. */
  DOCKER;

  /** The form that a name suggests. */
  static ArchiveForm of(Path place) {
    return place.toString().endsWith(".tar") ? OCI : FOLDER;
  }

  ImageArchive create(Path place) {
    return switch (this) {
      case FOLDER -> ImageArchive.folder(place);
      case OCI -> ImageArchive.createOci(place);
      case DOCKER -> ImageArchive.createDocker(place);
    };
  }
}
