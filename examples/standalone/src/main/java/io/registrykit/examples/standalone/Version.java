package io.registrykit.examples.standalone;

import picocli.CommandLine.IVersionProvider;

/** Tells the version that the jar was built as. Thread-safe. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"RegistryKit " + (version == null ? "(not packaged)" : version)};
  }
}
