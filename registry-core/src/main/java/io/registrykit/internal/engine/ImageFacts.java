package io.registrykit.internal.engine;

import io.registrykit.EmbeddedRepository;
import io.registrykit.RegistryPolicy;
import io.registrykit.error.RegistryException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.manifest.ContentReference;
import io.registrykit.manifest.ImageManifest;
import io.registrykit.manifest.Manifest;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.manifest.Platform;
import io.registrykit.model.Bytes;
import io.registrykit.model.Digest;
import io.registrykit.model.MediaType;
import io.registrykit.spi.store.BlobContent;
import io.registrykit.spi.store.StoredManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what a manifest and its configuration say about an image. Thread-safe. */
final class ImageFacts {
  private static final int MAX_CONFIG_BYTES = 1024 * 1024;
  private static final Set<MediaType> CONFIG_TYPES =
      Set.of(MediaType.OCI_CONFIG, MediaType.DOCKER_CONFIG);

  private final ManifestParser parser;
  private final JsonReader.Source json = new JsonReader.Source(100, MAX_CONFIG_BYTES);

  ImageFacts(RegistryPolicy policy) {
    this.parser = new ManifestParser(policy);
  }

  Optional<AcrManifest> of(EmbeddedRepository repository, Digest digest) throws IOException {
    Optional<StoredManifest> stored = repository.storedManifest(digest);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest = parser.parse(stored.get().raw());
    List<AcrManifest.Part> parts = new ArrayList<>();
    long size = 0;
    for (ContentReference blob : manifest.blobs()) {
      size = plus(size, blob.size());
    }
    for (ContentReference child : manifest.manifests()) {
      size = plus(size, child.size());
      parts.add(new AcrManifest.Part(child.digestText(), runs(child.platform())));
    }
    ContentReference config = manifest instanceof ImageManifest image ? image.config() : null;
    return Optional.of(
        new AcrManifest(
            stored.get().record(),
            repository.tagsOf(digest),
            size,
            config == null ? null : platform(repository, config),
            config == null ? null : config.mediaType(),
            parts));
  }

  /** What a manifest claims is not to be trusted with arithmetic. */
  private static long plus(long sum, long size) {
    return size > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + size;
  }

  private static AcrManifest.@Nullable Runs runs(@Nullable Platform platform) {
    return platform == null ? null : new AcrManifest.Runs(platform.architecture(), platform.os());
  }

  /** A configuration that is missing, locked, too large or something else says nothing. */
  private AcrManifest.@Nullable Runs platform(
      EmbeddedRepository repository, ContentReference config) throws IOException {
    Optional<Digest> digest = config.digest();
    if (digest.isEmpty()
        || !CONFIG_TYPES.contains(config.mediaType())
        || config.size() > MAX_CONFIG_BYTES) {
      return null;
    }
    Map<String, String> found = new HashMap<>();
    try {
      Optional<Bytes> content = read(repository, digest.get());
      content.ifPresent(
          document ->
              json.readObject(
                  document,
                  (reader, name) -> {
                    if (name.equals("architecture") || name.equals("os")) {
                      reader.stringOrSkip().ifPresent(value -> found.put(name, value));
                    } else {
                      reader.skip();
                    }
                  }));
    } catch (JsonFormatException | RegistryException e) {
      return null;
    }
    String architecture = found.get("architecture");
    String os = found.get("os");
    return architecture == null || os == null ? null : new AcrManifest.Runs(architecture, os);
  }

  private static Optional<Bytes> read(EmbeddedRepository repository, Digest digest)
      throws IOException {
    Optional<BlobContent> blob = repository.blob(digest);
    if (blob.isEmpty()) {
      return Optional.empty();
    }
    try (BlobContent content = blob.get();
        InputStream in = content.openStream(0)) {
      return Bytes.readFrom(in, MAX_CONFIG_BYTES);
    }
  }
}
