package io.registrykit.manifest;

import io.registrykit.error.ErrorCode;
import io.registrykit.error.InvalidContentException;
import io.registrykit.error.LimitException;
import io.registrykit.internal.json.JsonFormatException;
import io.registrykit.internal.json.JsonReader;
import io.registrykit.model.Bytes;
import io.registrykit.model.MediaType;
import io.registrykit.model.RawManifest;
import java.util.Map;
import java.util.Optional;

/**
 * Reads manifests: OCI image manifests and indexes, Docker image manifests (version 2, schema 2)
 * and manifest lists. Strict about what decides which content belongs to a manifest, indifferent to
 * fields that it does not know. Immutable, and safe for use by any number of threads.
 *
 * <p>Other types are refused: the collector could not tell which blobs such a manifest holds.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">OCI
 *     image-spec, image manifest</a>
 */
public final class ManifestParser {
  private final ManifestLimits limits;
  private final JsonReader.Source json;

  /**
   * A parser with limits.
   *
   * @param limits how long and deep a manifest may be and how much it may name
   */
  public ManifestParser(ManifestLimits limits) {
    this.limits = limits;
    this.json = new JsonReader.Source(limits.maxJsonDepth(), limits.maxManifestBytes());
  }

  /**
   * Reads a manifest.
   *
   * @param raw the manifest as it arrived
   * @return what it says
   * @throws InvalidContentException ({@code MANIFEST_INVALID}) if it is not what its type says; the
   *     detail has the place as a JSON pointer, under {@code pointer}
   * @throws LimitException if it is larger than the limits allow
   */
  public Manifest parse(RawManifest raw) {
    return parse(raw.mediaType(), raw.content());
  }

  /**
   * Reads a manifest.
   *
   * @param mediaType the type that it was sent with
   * @param content its bytes
   * @return what it says
   * @throws InvalidContentException ({@code MANIFEST_INVALID}) if it is not what its type says; the
   *     detail has the place as a JSON pointer, under {@code pointer}
   * @throws LimitException if it is larger than the limits allow
   */
  public Manifest parse(MediaType mediaType, Bytes content) {
    if (!ManifestTypes.isSupported(mediaType)) {
      throw new InvalidContentException(
          ErrorCode.MANIFEST_INVALID,
          "manifest type is not supported",
          Map.of("mediaType", mediaType.value()));
    }
    checkLength(content);
    ManifestReader reader = new ManifestReader(mediaType, limits.maxReferences());
    try {
      json.readObject(content, reader::field);
      return reader.manifest();
    } catch (JsonFormatException e) {
      throw invalid(e);
    }
  }

  /**
   * Finds the type that a manifest gives itself, for one that was sent without.
   *
   * @param content its bytes
   * @return the value of its {@code mediaType}, or empty when it has none that is well-formed
   * @throws InvalidContentException ({@code MANIFEST_INVALID}) if it is not a JSON object
   * @throws LimitException if it is larger than the limits allow
   */
  public Optional<MediaType> mediaTypeOf(Bytes content) {
    checkLength(content);
    StringBuilder found = new StringBuilder();
    try {
      json.readObject(
          content,
          (reader, name) -> {
            if (name.equals("mediaType")) {
              reader.stringOrSkip().ifPresent(found::append);
            } else {
              reader.skip();
            }
          });
    } catch (JsonFormatException e) {
      throw invalid(e);
    }
    try {
      return Optional.of(new MediaType(found.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void checkLength(Bytes content) {
    if (content.length() > limits.maxManifestBytes()) {
      throw LimitException.tooLarge("manifest is too large", limits.maxManifestBytes());
    }
  }

  private static InvalidContentException invalid(JsonFormatException cause) {
    return new InvalidContentException(
        ErrorCode.MANIFEST_INVALID,
        "manifest invalid: " + cause.getMessage(),
        Map.of("pointer", cause.pointer()));
  }
}
