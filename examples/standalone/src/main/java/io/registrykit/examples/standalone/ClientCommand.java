package io.registrykit.examples.standalone;

import io.registrykit.Copier;
import io.registrykit.client.RegistryClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands that talk to a registry have in common. Filled by picocli, for one thread. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class ClientCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ClientCommand() {}

  @Override
  public final Integer call() throws Exception {
    try (RegistryClient client = options.open(err())) {
      run(client);
      out().flush();
      err().flush();
    }
    return 0;
  }

  abstract void run(RegistryClient client) throws Exception;

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Copies, and shows how far that is. */
  final <T> T copying(Copier.Builder copier, Function<Copier, T> work) {
    try (Progress progress = Progress.ofBytes(err(), spec.name())) {
      return work.apply(copier.listener(new CopyProgress(progress)).build());
    }
  }

  /**
   * A copier for everything, or for the platforms that a user names, such as {@code linux/arm64}.
   */
  static Copier.Builder copier(@Nullable String platform) {
    Copier.Builder copier = Copier.builder().referrers(true);
    return platform == null
        ? copier
        : copier.platforms(
            one -> one.toString().equals(platform) || one.toString().startsWith(platform + "/"));
  }
}
