package io.registrykit.client.image;

import io.registrykit.Copier;
import io.registrykit.RegistryPolicy;
import io.registrykit.Repository;
import io.registrykit.RepositoryReader;
import io.registrykit.error.BackendException;
import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.NotFoundException;
import io.registrykit.error.UnsupportedException;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ImageIndex;
import io.registrykit.manifest.ImageManifest;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Descriptor;
import io.registrykit.model.Digest;
import io.registrykit.model.DigestAlgorithm;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import io.registrykit.model.Reference;
import io.registrykit.model.Tag;
import io.registrykit.spi.store.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An image to be: a base, layers on top, a configuration. Immutable; each step is a copy.
 *
 * <pre>{@code
 * Image.from(base, new Tag("17-jre"), new Platform("linux", "amd64"))
 *     .append(layer)
 *     .configure(config -> config.entrypoint(List.of("java", "-jar", "/app/app.jar")))
 *     .push(repository, Set.of(new Tag("v1")));
 * }</pre>
 */
public final class Image {
  private static final int MAX_CONFIG = 8 * 1024 * 1024;
  private static final ManifestParser PARSER = new ManifestParser(RegistryPolicy.strict());

  private final @Nullable RepositoryReader base;
  private final @Nullable Digest baseDigest;
  private final MediaType mediaType;
  private final ImageConfig config;
  private final List<Descriptor> baseLayers;
  private final List<Layer> layers;
  private final Map<String, String> annotations;

  private Image(
      @Nullable RepositoryReader base,
      @Nullable Digest baseDigest,
      MediaType mediaType,
      ImageConfig config,
      List<Descriptor> baseLayers,
      List<Layer> layers,
      Map<String, String> annotations) {
    this.base = base;
    this.baseDigest = baseDigest;
    this.mediaType = mediaType;
    this.config = config;
    this.baseLayers = List.copyOf(baseLayers);
    this.layers = List.copyOf(layers);
    this.annotations = new LinkedHashMap<>(annotations);
  }

  /**
   * An OCI image without layers.
   *
   * @param platform what it runs on
   * @return the image
   */
  public static Image scratch(Platform platform) {
    return new Image(
        null,
        null,
        MediaType.OCI_MANIFEST,
        ImageConfig.scratch(platform),
        List.of(),
        List.of(),
        Map.of());
  }

  /**
   * An image that stands on another.
   *
   * @param repository where the base is
   * @param reference the base: an image, or an index with one for the platform
   * @param platform what it is to run on
   * @return the image, of the same kind (OCI or Docker) as its base
   * @throws NotFoundException if there is no such base
   */
  public static Image from(RepositoryReader repository, Reference reference, Platform platform) {
    RawManifest raw = fetch(repository, reference);
    Manifest manifest = PARSER.parse(raw);
    if (manifest instanceof ImageIndex index) {
      raw = fetch(repository, choose(index, platform));
      manifest = PARSER.parse(raw);
    }
    if (!(manifest instanceof ImageManifest image)) {
      throw new UnsupportedException(ErrorCode.UNSUPPORTED, "the base is an index in an index");
    }
    List<Descriptor> layers =
        image.layers().stream().map(layer -> layer.descriptor().orElseThrow()).toList();
    return new Image(
        repository,
        raw.digest(),
        image.mediaType(),
        ImageConfig.parse(readConfig(repository, image.config())),
        layers,
        List.of(),
        image.annotations());
  }

  private static RawManifest fetch(RepositoryReader repository, Reference reference) {
    return repository
        .manifest(reference)
        .orElseThrow(
            () ->
                new NotFoundException(
                    ErrorCode.MANIFEST_UNKNOWN, "there is no base image " + reference));
  }

  private static Digest choose(ImageIndex index, Platform platform) {
    return index.manifests().stream()
        .filter(part -> part.platform() != null && matches(part.platform(), platform))
        .findFirst()
        .flatMap(ContentReference::digest)
        .orElseThrow(
            () ->
                new NotFoundException(
                    ErrorCode.MANIFEST_UNKNOWN, "the base has nothing for " + platform));
  }

  private static boolean matches(Platform offered, Platform wanted) {
    return offered.os().equals(wanted.os())
        && offered.architecture().equals(wanted.architecture())
        && (wanted.variant() == null || wanted.variant().equals(offered.variant()))
        && (wanted.osVersion() == null || wanted.osVersion().equals(offered.osVersion()));
  }

  private static Bytes readConfig(RepositoryReader repository, ContentReference reference) {
    Digest digest = reference.digest().orElseThrow();
    try (BlobContent blob =
            repository
                .blob(digest)
                .orElseThrow(
                    () ->
                        new NotFoundException(
                            ErrorCode.BLOB_UNKNOWN, "the base lacks its configuration"));
        InputStream in = blob.openStream(0)) {
      return Bytes.readFrom(in, MAX_CONFIG)
          .orElseThrow(
              () ->
                  new InvalidContentException(
                      ErrorCode.SIZE_INVALID, "the configuration is too long"));
    } catch (IOException e) {
      throw new BackendException(
          ErrorCode.UNAVAILABLE, "the configuration cannot be read: " + e.getMessage(), e);
    }
  }

  private Image copy(ImageConfig newConfig, List<Layer> newLayers, Map<String, String> notes) {
    return new Image(base, baseDigest, mediaType, newConfig, baseLayers, newLayers, notes);
  }

  /**
   * The same on another base: what this image has above its old base comes on top of the new one,
   * nothing is built again. System and architecture, and so the {@code os.version} of Windows, are
   * those of the new base.
   *
   * @param oldBase what this image was built on
   * @param newBase what it is to stand on
   * @return an image that takes the layers above the base from where they are when it is pushed
   * @throws InvalidContentException if this image does not stand on the old base
   */
  public Image rebase(Image oldBase, Image newBase) {
    List<Descriptor> all = descriptors();
    List<Descriptor> below = oldBase.descriptors();
    boolean standsThere =
        below.size() <= all.size()
            && digests(all.subList(0, below.size())).equals(digests(below))
            && config.diffIds().size() == all.size();
    if (!standsThere) {
      throw new InvalidContentException(
          ErrorCode.MANIFEST_INVALID, "the image does not stand on the old base");
    }
    List<Layer> above = new ArrayList<>(newBase.layers);
    for (int i = below.size(); i < all.size(); i++) {
      int own = i - baseLayers.size();
      above.add(own >= 0 ? layers.get(own) : stored(all.get(i), config.diffIds().get(i)));
    }
    return new Image(
        newBase.base,
        newBase.baseDigest,
        newBase.mediaType,
        config.onto(oldBase.config, newBase.config),
        newBase.baseLayers,
        above,
        annotations);
  }

  private Layer stored(Descriptor layer, Digest diffId) {
    RepositoryReader from = Objects.requireNonNull(base, "layers of a base have a repository");
    return new Layer(new StoredContent(from, layer), layer.mediaType(), diffId, "");
  }

  private static List<Digest> digests(List<Descriptor> descriptors) {
    return descriptors.stream().map(Descriptor::digest).toList();
  }

  /**
   * With a layer on top.
   *
   * @param layer the layer
   * @return a copy
   * @throws UnsupportedException if the base is a Docker image and the layer is compressed with
   *     zstd
   */
  public Image append(Layer layer) {
    boolean docker = mediaType.equals(MediaType.DOCKER_MANIFEST);
    if (docker && layer.mediaType().equals(MediaType.OCI_LAYER_ZSTD)) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED, "a Docker manifest has no layers of zstd");
    }
    List<Layer> more = new ArrayList<>(layers);
    more.add(layer);
    return copy(config.append(layer), more, annotations);
  }

  /**
   * With another configuration.
   *
   * @param change makes it from the present one
   * @return a copy
   */
  public Image configure(UnaryOperator<ImageConfig> change) {
    return copy(change.apply(config), layers, annotations);
  }

  /**
   * With another program.
   *
   * @param words the program and its first arguments
   * @return a copy
   */
  public Image entrypoint(String... words) {
    return configure(present -> present.entrypoint(List.of(words)));
  }

  /**
   * With an annotation of the manifest; Docker manifests have none, and do not show it.
   *
   * @param name the name
   * @param value the text
   * @return a copy
   */
  public Image annotate(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(annotations);
    more.put(name, value);
    return copy(config, layers, more);
  }

  /**
   * The configuration.
   *
   * @return what the image runs on, what it runs, what it is made of
   */
  public ImageConfig config() {
    return config;
  }

  /**
   * The manifest that a push writes.
   *
   * @return the same for the same image, wherever it is made
   */
  public RawManifest manifest() {
    boolean docker = mediaType.equals(MediaType.DOCKER_MANIFEST);
    Bytes json = config.complete().toJson();
    Descriptor configuration =
        new Descriptor(
            docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG,
            json.digest(DigestAlgorithm.SHA256),
            json.length());
    return ManifestWriter.manifest(
        mediaType, null, configuration, descriptors(), null, docker ? Map.of() : annotations);
  }

  private List<Descriptor> descriptors() {
    List<Descriptor> all = new ArrayList<>(baseLayers);
    for (Layer layer : layers) {
      MediaType type = typeOf(layer);
      all.add(new Descriptor(type, layer.content().digest(), layer.content().size()));
    }
    return all;
  }

  /** The type of a layer in this kind of manifest. */
  private MediaType typeOf(Layer layer) {
    MediaType own = layer.mediaType();
    boolean docker = mediaType.equals(MediaType.DOCKER_MANIFEST);
    if (docker && own.equals(MediaType.OCI_LAYER_GZIP)) {
      return MediaType.DOCKER_LAYER;
    }
    return !docker && own.equals(MediaType.DOCKER_LAYER) ? MediaType.OCI_LAYER_GZIP : own;
  }

  /**
   * Pushes the image with what it lacks there: the layers of the base, its own, its configuration.
   *
   * @param repository where to
   * @param tags the tags to point to it, possibly none
   * @return its manifest, for an index
   */
  public IndexEntry push(Repository repository, Set<Tag> tags) {
    RepositoryReader from = base;
    Digest digest = baseDigest;
    boolean there =
        from != null && repository.isBeside(from) && repository.name().equals(from.name());
    if (from != null && digest != null && !there && !baseLayers.isEmpty()) {
      Copier.builder().build().copyBlobs(from, digest, repository);
    }
    for (Layer layer : layers) {
      repository.pushBlob(layer.content());
    }
    Bytes json = config.complete().toJson();
    repository.pushBlob(json.digest(DigestAlgorithm.SHA256), json.asInputStream());
    RawManifest manifest = manifest();
    return new IndexEntry(repository.pushManifest(manifest, tags), config.platform());
  }
}
