package io.registrykit.store.fs.internal.names;

import io.registrykit.spi.store.Attributes;
import org.jspecify.annotations.Nullable;

/** Whether a repository exists, as lists see it. */
enum Presence {
  /** It does not. */
  ABSENT(0),
  /** It does. */
  LISTED(1),
  /** It does, and is locked against listing. */
  HIDDEN(2);

  /** What stands for it in the catalog. */
  final int code;

  Presence(int code) {
    this.code = code;
  }

  static @Nullable Presence of(int code) {
    for (Presence each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return null;
  }

  static Presence of(@Nullable RepositoryState state) {
    return state == null ? ABSENT : of(state.attributes);
  }

  static Presence of(Attributes attributes) {
    return attributes.allows(Attributes.Use.LIST) ? LISTED : HIDDEN;
  }
}
