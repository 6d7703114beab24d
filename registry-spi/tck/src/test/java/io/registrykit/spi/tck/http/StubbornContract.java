package io.registrykit.spi.tck.http;

import java.net.URI;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** The contract on a server that a parameter names. Run by {@link DistributionCanFailTest} only. */
@ExtendWith(StubbornContract.Choice.class)
class StubbornContract extends DistributionContract {
  static final String PARAMETER = "registry";

  private String registry = "";

  @Override
  protected URI registry() {
    return URI.create(registry);
  }

  /** Tells the test where the server is. */
  static final class Choice implements TestInstancePostProcessor {
    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      if (instance instanceof StubbornContract contract) {
        contract.registry = context.getConfigurationParameter(PARAMETER).orElseThrow();
      }
    }
  }
}
