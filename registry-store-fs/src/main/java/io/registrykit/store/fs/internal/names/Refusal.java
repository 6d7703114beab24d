package io.registrykit.store.fs.internal.names;

import io.registrykit.model.Digest;
import io.registrykit.spi.store.Rejection;
import java.util.Set;

/** Why a change was refused. Immutable. */
record Refusal(Rejection reason, Set<Digest> missing) {
  static Refusal of(Rejection reason) {
    return new Refusal(reason, Set.of());
  }

  static Refusal missing(Set<Digest> digests) {
    return new Refusal(Rejection.MISSING_CONTENT, digests);
  }
}
