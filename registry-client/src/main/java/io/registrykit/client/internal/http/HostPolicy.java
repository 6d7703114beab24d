package io.registrykit.client.internal.http;

import io.registrykit.client.HostOptions;
import io.registrykit.error.AccessException;
import io.registrykit.error.ErrorCode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which hosts may get what belongs to one registry. Denies unless told otherwise, because a
 * registry that is broken into, or only careless, can name any host in a challenge, a location or a
 * redirect. Immutable.
 */
public final class HostPolicy {
  /** Token servers that are known to belong to a registry of another name. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "registry-1.docker.io", Set.of("auth.docker.io"),
          "registry.gitlab.com", Set.of("gitlab.com"),
          "nvcr.io", Set.of("authn.nvidia.com"),
          "registry.redhat.io", Set.of("sso.redhat.com"));

  private final Origin registry;
  private final HostOptions options;

  /**
   * The policy of one registry.
   *
   * @param registry the registry
   * @param options says which hosts it trusts
   */
  public HostPolicy(Origin registry, HostOptions options) {
    this.registry = registry;
    this.options = options;
  }

  /**
   * Whether the registry's credentials and content may go to an address.
   *
   * @param target the address
   * @return true for the registry itself, and for a trusted host that is no less protected
   */
  public boolean trusts(URI target) {
    Origin origin;
    try {
      origin = Origin.of(target);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (origin.equals(registry)) {
      return true;
    }
    String withPort = origin.host() + ":" + origin.port();
    boolean named =
        options.trustedHosts().contains(origin.host())
            || options.trustedHosts().contains(withPort)
            || options.trustedHosts().contains(origin.authority().toLowerCase(Locale.ROOT))
            || KNOWN.getOrDefault(registry.host(), Set.of()).contains(origin.host());
    return named && mayFollow(target);
  }

  /**
   * Whether an address may be asked at all, without credentials.
   *
   * @param target the address
   * @return false for what is not HTTP, and for plain HTTP named by a registry that has TLS
   */
  public boolean mayFollow(URI target) {
    try {
      return !Origin.of(target).isPlain() || options.insecure();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What is thrown when the registry's secrets were to go elsewhere.
   *
   * @param what names the place, such as {@code upload location}
   * @param target the address
   * @return the exception
   */
  public AccessException refusal(String what, URI target) {
    return new AccessException(
        ErrorCode.DENIED,
        "the "
            + what
            + " of "
            + registry.authority()
            + " is at another host, which is not trusted; HostOptions.trust permits it",
        Map.of(
            "host",
            String.valueOf(target.getHost()),
            "scheme",
            String.valueOf(target.getScheme())));
  }
}
