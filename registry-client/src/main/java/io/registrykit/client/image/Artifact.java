package io.registrykit.client.image;

import io.registrykit.Repository;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that is no image, such as an SBOM or a signature, to be pushed. Immutable; each step is
 * a copy.
 */
public final class Artifact {
  private static final Bytes EMPTY = Bytes.utf8("{}");

  /** One file of an artifact. */
  private record Part(BlobContent content, MediaType mediaType, Map<String, String> annotations) {}

  private final MediaType type;
  private final List<Part> parts;
  private final @Nullable Descriptor subject;
  private final Map<String, String> annotations;

  private Artifact(
      MediaType type,
      List<Part> parts,
      @Nullable Descriptor subject,
      Map<String, String> annotations) {
    this.type = type;
    this.parts = List.copyOf(parts);
    this.subject = subject;
    this.annotations = new LinkedHashMap<>(annotations);
  }

  /**
   * An artifact without content.
   *
   * @param type what it is, such as {@code application/spdx+json}
   * @return the artifact
   */
  public static Artifact of(MediaType type) {
    return new Artifact(type, List.of(), null, Map.of());
  }

  /**
   * With one more file.
   *
   * @param content the file
   * @param mediaType its type
   * @param title its name, or null
   * @return a copy
   */
  public Artifact add(BlobContent content, MediaType mediaType, @Nullable String title) {
    List<Part> more = new ArrayList<>(parts);
    more.add(
        new Part(
            content,
            mediaType,
            title == null ? Map.of() : Map.of("org.opencontainers.image.title", title)));
    return new Artifact(type, more, subject, annotations);
  }

  /**
   * Attached to a manifest, which then lists it among its referrers.
   *
   * @param manifest the type, digest and size of the manifest
   * @return a copy
   */
  public Artifact attachTo(Descriptor manifest) {
    Descriptor plain = new Descriptor(manifest.mediaType(), manifest.digest(), manifest.size());
    return new Artifact(type, parts, plain, annotations);
  }

  /**
   * With an annotation.
   *
   * @param name the name
   * @param value the text
   * @return a copy
   */
  public Artifact annotate(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(annotations);
    more.put(name, value);
    return new Artifact(type, parts, subject, more);
  }

  /**
   * Pushes the artifact.
   *
   * @param repository where to
   * @param tags the tags to point to it, possibly none
   * @return its type, digest and size
   */
  public Descriptor push(Repository repository, Set<Tag> tags) {
    Descriptor empty =
        new Descriptor(MediaType.OCI_EMPTY, EMPTY.digest(DigestAlgorithm.SHA256), EMPTY.length());
    repository.pushBlob(empty.digest(), EMPTY.asInputStream());
    List<Descriptor> layers = new ArrayList<>();
    for (Part part : parts) {
      repository.pushBlob(part.content());
      layers.add(
          new Descriptor(
              part.mediaType(),
              part.content().digest(),
              part.content().size(),
              null,
              part.annotations()));
    }
    if (layers.isEmpty()) {
      layers.add(empty);
    }
    return repository.pushManifest(
        ManifestWriter.manifest(MediaType.OCI_MANIFEST, type, empty, layers, subject, annotations),
        tags);
  }
}
