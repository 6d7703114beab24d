package io.registrykit.examples.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the registry. */
@Command(
    name = "registry",
    description =
        "A container registry for docker, podman, skopeo, oras and every other OCI client.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      GcCommand.class,
      FsckCommand.class,
      UsageCommand.class,
      PushCommand.class,
      PullCommand.class,
      CopyCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      TagsCommand.class,
      InspectCommand.class,
      DeleteCommand.class,
      LoginCommand.class,
      CredentialCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public Main() {}

  /**
   * Runs the command line and ends the process with its exit code: 0 when it did its work, 1 when
   * that failed, 2 when the words were wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("registry: " + failure.getMessage());
              return 1;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed, such as: registry serve");
  }
}
