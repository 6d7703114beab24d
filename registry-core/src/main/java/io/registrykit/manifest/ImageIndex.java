package io.registrykit.manifest;

import io.registrykit.model.MediaType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An OCI image index or Docker manifest list. Immutable.
 *
 * @param mediaType the type that it was pushed with
 * @param artifactType the type of the artifact, or null when it gives none
 * @param manifests what it consists of, of any manifest type; may be empty
 * @param subject the manifest that this one refers to, or null
 * @param annotations free-form facts, in the order in which they came; may be empty
 */
public record ImageIndex(
    MediaType mediaType,
    @Nullable MediaType artifactType,
    List<ContentReference> manifests,
    @Nullable ContentReference subject,
    Map<String, String> annotations)
    implements Manifest {

  /** Copies the collections. */
  public ImageIndex {
    manifests = List.copyOf(manifests);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  @Override
  public List<ContentReference> blobs() {
    return List.of();
  }

  @Override
  public Optional<MediaType> referrerType() {
    return Optional.ofNullable(artifactType);
  }
}
