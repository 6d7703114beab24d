package io.registrykit.client.credentials;

import io.registrykit.model.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds credentials. Safe for use by any number of threads. */
@FunctionalInterface
public interface CredentialProvider {

  /**
   * Looks for credentials.
   *
   * @param host the registry with its port, such as {@code localhost:5000}
   * @param repository the repository that they are for, or null for the registry itself
   * @return what was found, and where was looked; never fails for a source that is broken, which it
   *     tells in the steps
   */
  Lookup find(String host, @Nullable RepositoryName repository);

  /**
   * Shows nothing to any host.
   *
   * @return the provider
   */
  static CredentialProvider anonymous() {
    return (host, repository) ->
        new Lookup(new RegistryCredentials.Anonymous(), List.of("none configured"));
  }

  /**
   * Shows the same credentials, to one host alone.
   *
   * @param onlyHost the registry with its port
   * @param credentials what to show it
   * @return the provider
   */
  static CredentialProvider of(String onlyHost, RegistryCredentials credentials) {
    return (host, repository) ->
        host.equalsIgnoreCase(onlyHost)
            ? new Lookup(credentials, List.of("given by the program for " + onlyHost))
            : new Lookup(
                new RegistryCredentials.Anonymous(),
                List.of("given by the program for " + onlyHost + " only"));
  }

  /**
   * Asks one provider after the other until one has something.
   *
   * @param providers the providers in their order
   * @return the provider
   */
  static CredentialProvider firstOf(List<CredentialProvider> providers) {
    List<CredentialProvider> all = List.copyOf(providers);
    return (host, repository) -> {
      List<String> steps = new ArrayList<>();
      for (CredentialProvider provider : all) {
        Lookup lookup = provider.find(host, repository);
        steps.addAll(lookup.steps());
        if (!(lookup.credentials() instanceof RegistryCredentials.Anonymous)) {
          return new Lookup(lookup.credentials(), steps);
        }
      }
      return new Lookup(new RegistryCredentials.Anonymous(), steps);
    };
  }

  /**
   * What was found and where was looked. Immutable.
   *
   * @param credentials what was found; anonymous when nothing was
   * @param steps for people: each source, in order, and what it had; no secrets
   */
  record Lookup(RegistryCredentials credentials, List<String> steps) {

    /** Copies the steps. */
    public Lookup {
      steps = List.copyOf(steps);
    }
  }
}
