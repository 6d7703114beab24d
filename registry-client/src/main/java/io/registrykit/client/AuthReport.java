package io.registrykit.client;

import io.registrykit.client.credentials.CredentialProvider;
import io.registrykit.client.credentials.RegistryCredentials;
import io.registrykit.error.RegistryException;
import io.registrykit.model.PageRequest;
import java.util.List;

/**
 * How signing in at a registry went, for people. Immutable; has no secret.
 *
 * @param host the registry
 * @param sources where credentials were looked for, in order, and what was there
 * @param used what was shown to the registry
 * @param accepted whether the registry let it read the repository
 * @param outcome what the registry said
 */
public record AuthReport(
    String host, List<String> sources, String used, boolean accepted, String outcome) {

  /** Copies the sources. */
  public AuthReport {
    sources = List.copyOf(sources);
  }

  static AuthReport of(CredentialProvider provider, RemoteRepository repository, String host) {
    CredentialProvider.Lookup lookup = provider.find(host, repository.name());
    boolean accepted = true;
    String outcome = "signed in, the repository can be read";
    try {
      repository.tags(PageRequest.first(1));
    } catch (RegistryException e) {
      accepted = false;
      outcome = String.valueOf(e.getMessage());
    }
    return new AuthReport(host, lookup.steps(), describe(lookup.credentials()), accepted, outcome);
  }

  private static String describe(RegistryCredentials credentials) {
    if (credentials instanceof RegistryCredentials.Password password) {
      return "the password of " + password.user();
    } else if (credentials instanceof RegistryCredentials.IdentityToken) {
      return "an identity token";
    } else if (credentials instanceof RegistryCredentials.AccessToken) {
      return "an access token";
    }
    return "nothing (anonymous)";
  }

  @Override
  public String toString() {
    return String.join("\n", sources) + "\nused: " + used + "\n" + host + ": " + outcome;
  }
}
