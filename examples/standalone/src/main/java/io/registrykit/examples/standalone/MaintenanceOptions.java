package io.registrykit.examples.standalone;

import io.registrykit.RegistryPolicy;
import io.registrykit.spi.store.RegistryStore;
import io.registrykit.store.fs.FileStore;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How {@code serve} cleans up and looks after itself. Not safe for use by several threads. */
final class MaintenanceOptions {
  private static final int MEBIBYTE_SHIFT = 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--gc-every",
      paramLabel = "TIME",
      description = "Collect garbage so often, such as PT6H. Default: ${DEFAULT-VALUE}.",
      defaultValue = "P1D")
  private Duration collectEvery;

  @Option(
      names = "--scrub-every",
      paramLabel = "TIME",
      description =
          "With --root, read all blobs again so often and take damaged ones out, such as PT12H; "
              + "PT0S for never. Default: ${DEFAULT-VALUE}.",
      defaultValue = "P7D")
  private Duration scrubEvery;

  @Option(
      names = "--scrub-rate",
      paramLabel = "MIB",
      description = "How many MiB a second a scrub reads. Default: ${DEFAULT-VALUE}.",
      defaultValue = "16")
  private int scrubRate;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  MaintenanceOptions() {}

  /**
   * Prepares what cleans up.
   *
   * @param store what to clean
   * @param policy says how long an upload may take
   * @return not started yet; the caller closes it
   */
  Maintenance prepare(RegistryStore store, RegistryPolicy policy) {
    if (collectEvery.toMillis() < 1) {
      throw new ParameterException(spec.commandLine(), "--gc-every is less than a millisecond");
    }
    if (!scrubEvery.isZero() && scrubEvery.toMillis() < 1) {
      throw new ParameterException(spec.commandLine(), "--scrub-every is less than a millisecond");
    }
    if (scrubRate < 1) {
      throw new ParameterException(spec.commandLine(), "--scrub-rate is less than 1");
    }
    Maintenance maintenance = new Maintenance(store, policy, collectEvery);
    if (store instanceof FileStore files && !scrubEvery.isZero()) {
      maintenance.scrub(files, scrubEvery, (long) scrubRate << MEBIBYTE_SHIFT);
    }
    return maintenance;
  }
}
