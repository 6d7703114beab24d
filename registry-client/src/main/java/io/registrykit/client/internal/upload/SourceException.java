package io.registrykit.client.internal.upload;

import java.io.IOException;

/** The bytes to upload cannot be read, which no registry can help. Immutable. */
final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  SourceException(String message, IOException cause) {
    super(message, cause);
  }
}
