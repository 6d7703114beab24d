package io.registrykit.spi.tck;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * The contract on a mutant, which a parameter of the run names. Run by {@link MutantsTest} only.
 */
@ExtendWith(MutantContract.Choice.class)
class MutantContract extends RegistryStoreContract {
  static final String PARAMETER = "mutant";

  private String name = "";

  @Override
  protected StoreHarness harness() {
    return Mutants.byName(name).harness();
  }

  /** Tells the test which mutant it runs on. */
  static final class Choice implements TestInstancePostProcessor {
    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      if (instance instanceof MutantContract contract) {
        contract.name = context.getConfigurationParameter(PARAMETER).orElseThrow();
      }
    }
  }
}
