package io.registrykit.manifest;

import io.registrykit.model.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a manifest says: an image (or artifact), or an index of manifests. Immutable. */
public sealed interface Manifest permits ImageManifest, ImageIndex {

  /**
   * The type that it was pushed with.
   *
   * @return one of the four types of {@link ManifestParser}
   */
  MediaType mediaType();

  /**
   * The type of the artifact, as the manifest gives it.
   *
   * @return null when it gives none
   */
  @Nullable MediaType artifactType();

  /**
   * The manifest that this one refers to, which need not exist.
   *
   * @return null when it refers to none
   */
  @Nullable ContentReference subject();

  /**
   * Free-form facts.
   *
   * @return in the order in which they came; may be empty
   */
  Map<String, String> annotations();

  /**
   * The blobs that it names: configuration and layers, those included that nobody pushes.
   *
   * @return none for an index
   */
  List<ContentReference> blobs();

  /**
   * The manifests that it names as its parts; the subject is not among them.
   *
   * @return none for an image
   */
  List<ContentReference> manifests();

  /**
   * The type that it shows in a list of referrers: its own artifact type, or else that of its
   * configuration.
   *
   * @return empty for an index without an artifact type
   * @see <a
   *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">OCI
   *     distribution-spec, listing referrers</a>
   */
  Optional<MediaType> referrerType();
}
