package io.registrykit.manifest;

import io.registrykit.model.MediaType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image manifest, OCI or Docker; artifacts have the same form. Immutable.
 *
 * @param mediaType the type that it was pushed with
 * @param artifactType the type of the artifact, or null when it gives none
 * @param config the configuration
 * @param layers the layers, lowest first; may be empty
 * @param subject the manifest that this one refers to, or null
 * @param annotations free-form facts, in the order in which they came; may be empty
 */
public record ImageManifest(
    MediaType mediaType,
    @Nullable MediaType artifactType,
    ContentReference config,
    List<ContentReference> layers,
    @Nullable ContentReference subject,
    Map<String, String> annotations)
    implements Manifest {

  /** Copies the collections. */
  public ImageManifest {
    layers = List.copyOf(layers);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  @Override
  public List<ContentReference> blobs() {
    List<ContentReference> blobs = new ArrayList<>(layers.size() + 1);
    blobs.add(config);
    blobs.addAll(layers);
    return blobs;
  }

  @Override
  public List<ContentReference> manifests() {
    return List.of();
  }

  @Override
  public Optional<MediaType> referrerType() {
    return Optional.of(artifactType == null ? config.mediaType() : artifactType);
  }
}
