package io.registrykit.store.fs.internal.names;

import java.io.IOException;

/** The files of one repository cannot be read, which says nothing of the others. */
final class UnreadableRepositoryException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableRepositoryException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
