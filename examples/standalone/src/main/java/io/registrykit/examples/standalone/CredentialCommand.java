package io.registrykit.examples.standalone;

import io.registrykit.auth.AdminAccount;
import io.registrykit.auth.PasswordName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the passwords of the user admin. */
@Command(
    name = "credential",
    description = "Look after the passwords of the user admin.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CredentialCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CredentialCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to do is needed: credential renew");
  }

  /**
   * Makes a new password.
   *
   * @param root the folder of the registry
   * @param which which of the two passwords
   * @throws IOException if the folder cannot be used
   */
  @Command(
      name = "renew",
      description = {
        "Make a new password for the user admin, and print it: it cannot be read again.",
        "The old one of the same number ends, with every login that used it; the other one stays."
            + " A server that runs takes the new one within two seconds."
      },
      mixinStandardHelpOptions = true)
  void renew(
      @Option(
              names = "--root",
              paramLabel = "DIR",
              description = "The folder of the registry. Default: ${DEFAULT-VALUE}.",
              defaultValue = "registry-data")
          Path root,
      @Option(
              names = "--password",
              paramLabel = "N",
              description = "password1 or password2. Default: ${DEFAULT-VALUE}.",
              defaultValue = "password1")
          PasswordName which)
      throws IOException {
    if (!Files.isDirectory(root)) {
      throw new ParameterException(spec.commandLine(), "there is no folder " + root);
    }
    AdminAccount account =
        new AdminAccount(AccessOptions.ADMIN, StoreOptions.documentsIn(root), Clock.systemUTC());
    String password = account.regenerate(which);
    spec.commandLine().getOut().println(password);
    spec.commandLine().getOut().flush();
  }
}
