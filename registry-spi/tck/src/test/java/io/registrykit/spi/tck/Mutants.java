package io.registrykit.spi.tck;

import java.util.List;
import java.util.stream.Stream;

/** All stores with one flaw. */
final class Mutants {
  static final List<Mutant> ALL =
      Stream.of(
              BlobMutants.ALL,
              UploadMutants.ALL,
              DeletionMutants.ALL,
              ChangeMutants.ALL,
              CommitMutants.ALL,
              ReadMutants.ALL,
              RaceMutants.ALL,
              LifecycleMutants.ALL)
          .flatMap(List::stream)
          .toList();

  private Mutants() {}

  static Mutant byName(String name) {
    return ALL.stream().filter(mutant -> mutant.name().equals(name)).findFirst().orElseThrow();
  }
}
