package io.registrykit.spi.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrykit.model.Page;
import io.registrykit.spi.store.RegistryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomOperationsTest {
  private static RandomOperations operations(long seed, RegistryStore store) {
    return new RandomOperations(
        seed, store, ReferenceModel.create(), StoreHarness.of(ReferenceModel::create));
  }

  @Test
  void oneSeedGivesOneSequence() throws Exception {
    ReferenceModel one = ReferenceModel.create();
    ReferenceModel two = ReferenceModel.create();
    RandomOperations first = operations(7, one);
    RandomOperations second = operations(7, two);
    for (int i = 0; i < 200; i++) {
      first.step();
      second.step();
    }
    assertThat(StoreDump.of(one, List.of())).isEqualTo(StoreDump.of(two, List.of()));
  }

  @Test
  void aFailureNamesTheSeedAndTheLastOperations() {
    RegistryStore flawed =
        Tampering.names("tags", call -> Page.empty()).apply(ReferenceModel.create());
    RandomOperations operations = operations(7, flawed);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                operations.step();
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dregistrykit.tck.seed=7")
        .hasMessageContaining("\n  tags ");
  }
}
