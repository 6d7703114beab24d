package io.registrykit.internal.copy;

import java.io.IOException;

/** The source of a copy failed while the destination read from it. Immutable. */
final class SourceReadException extends IOException {
  private static final long serialVersionUID = 1L;

  SourceReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
