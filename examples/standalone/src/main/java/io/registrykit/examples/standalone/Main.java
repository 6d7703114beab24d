package io.registrykit.examples.standalone;

import io.registrykit.error.BackendException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
    versionProvider = Version.class)
public final class Main implements Runnable {
  private static final Map<String, Class<?>> COMMANDS = commands();

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public Main() {}

  /** In the order in which the help lists them. */
  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand.class);
    commands.put("gc", GcCommand.class);
    commands.put("fsck", FsckCommand.class);
    commands.put("usage", UsageCommand.class);
    commands.put("push", PushCommand.class);
    commands.put("pull", PullCommand.class);
    commands.put("copy", CopyCommand.class);
    commands.put("export", ExportCommand.class);
    commands.put("import", ImportCommand.class);
    commands.put("tags", TagsCommand.class);
    commands.put("inspect", InspectCommand.class);
    commands.put("delete", DeleteCommand.class);
    commands.put("login", LoginCommand.class);
    commands.put("credential", CredentialCommand.class);
    return Collections.unmodifiableMap(commands);
  }

  /**
   * Runs the command line and ends the process with its exit code: 0 when it did its work, 1 when
   * that failed, 2 when the words were wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /**
   * The command line that understands the given words. The others are left out when the first word
   * is a command: picocli takes a while to look at each, and a server should start at once.
   */
  static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Main());
    Class<?> first = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (first == null) {
      COMMANDS.forEach(line::addSubcommand);
    } else {
      line.addSubcommand(args[0], first);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("registry: " + text(failure));
              return 1;
            });
  }

  /** A store that fails says no more than that to callers far away; here is who can mend it. */
  private static String text(Exception failure) {
    Throwable cause = failure.getCause();
    return failure instanceof BackendException && cause != null
        ? failure.getMessage() + ": " + cause.getMessage()
        : String.valueOf(failure.getMessage());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed, such as: registry serve");
  }
}
