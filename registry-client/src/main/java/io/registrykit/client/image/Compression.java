package io.registrykit.client.image;

import io.registrykit.model.MediaType;

/** How a layer is compressed. Immutable. */
public enum Compression {
  /** What every registry and every engine takes; the same bytes on every JDK and system. */
  GZIP,

  /**
   * Smaller and faster to unpack. Needs the library {@code com.github.luben:zstd-jni} beside the
   * client, and an engine that knows it; the bytes can change with the version of the library.
   */
  ZSTD;

  /**
   * The type of such a layer.
   *
   * @return the media type of OCI
   */
  public MediaType mediaType() {
    return switch (this) {
      case GZIP -> MediaType.OCI_LAYER_GZIP;
      case ZSTD -> MediaType.OCI_LAYER_ZSTD;
    };
  }
}
