package io.registrykit.store.fs.internal.codec;

import java.io.IOException;

/** A file has other bytes than were written, and whole records behind them. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String message) {
    super(message);
  }
}
