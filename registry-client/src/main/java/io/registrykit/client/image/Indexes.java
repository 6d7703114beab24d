package io.registrykit.client.image;

import io.registrykit.Repository;
import io.registrykit.model.Descriptor;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes one name for the images of several platforms. Immutable. */
public final class Indexes {
  private Indexes() {}

  /**
   * Pushes an OCI index of images that are in the repository.
   *
   * @param repository where the images are, and the index goes
   * @param images the images, in the order in which clients are to look at them
   * @param annotations facts about the index, possibly none
   * @param tags the tags to point to it
   * @return its type, digest and size
   */
  public static Descriptor push(
      Repository repository,
      List<IndexEntry> images,
      Map<String, String> annotations,
      Set<Tag> tags) {
    RawManifest index = ManifestWriter.index(MediaType.OCI_INDEX, images, annotations);
    return repository.pushManifest(index, tags);
  }
}
