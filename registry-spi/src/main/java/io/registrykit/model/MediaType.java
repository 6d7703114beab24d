package io.registrykit.model;

import java.util.Locale;

/**
 * A media type without parameters. Immutable; keeps the spelling it came in, and compares without
 * regard to case, as RFC 6838 has it.
 *
 * @param value {@code type/subtype}, three to 255 characters
 */
public record MediaType(String value) {

  /** The OCI image manifest. */
  public static final MediaType OCI_MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  /** The OCI image index. */
  public static final MediaType OCI_INDEX =
      new MediaType("application/vnd.oci.image.index.v1+json");

  /** The OCI image configuration. */
  public static final MediaType OCI_CONFIG =
      new MediaType("application/vnd.oci.image.config.v1+json");

  /** An OCI image layer: a tar archive, compressed with gzip. */
  public static final MediaType OCI_LAYER_GZIP =
      new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");

  /** An OCI image layer: a tar archive, compressed with zstd. */
  public static final MediaType OCI_LAYER_ZSTD =
      new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");

  /** The two bytes <code>{}</code> that stand for "no content" in an OCI artifact. */
  public static final MediaType OCI_EMPTY = new MediaType("application/vnd.oci.empty.v1+json");

  /** The Docker image manifest, version 2, schema 2. */
  public static final MediaType DOCKER_MANIFEST =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");

  /** The Docker manifest list. */
  public static final MediaType DOCKER_MANIFEST_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");

  /** The Docker image configuration. */
  public static final MediaType DOCKER_CONFIG =
      new MediaType("application/vnd.docker.container.image.v1+json");

  /** A Docker image layer: a tar archive, compressed with gzip. */
  public static final MediaType DOCKER_LAYER =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");

  /** Bytes of which nothing is known. */
  public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

  /** JSON. */
  public static final MediaType JSON = new MediaType("application/json");

  /**
   * Checks the media type.
   *
   * @throws IllegalArgumentException if it is not {@code type/subtype} in the characters of RFC
   *     9110
   */
  public MediaType {
    int slash = value.indexOf('/');
    if (slash <= 0 || slash == value.length() - 1 || value.length() > 255) {
      throw new IllegalArgumentException("media type needs the form type/subtype");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && i != slash && "!#$&-^_.+%'*`|~".indexOf(c) < 0) {
        throw new IllegalArgumentException("media type has a character that is not allowed");
      }
    }
  }

  /**
   * Reads a media type and leaves out its parameters.
   *
   * @param text such as {@code application/json; charset=utf-8}
   * @return such as {@code application/json}
   * @throws IllegalArgumentException if it is malformed
   */
  public static MediaType parse(String text) {
    int semicolon = text.indexOf(';');
    return new MediaType((semicolon < 0 ? text : text.substring(0, semicolon)).strip());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MediaType that && value.equalsIgnoreCase(that.value);
  }

  @Override
  public int hashCode() {
    return value.toLowerCase(Locale.ROOT).hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
