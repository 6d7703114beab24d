package io.registrykit.internal.embedded;

import io.registrykit.RegistryPolicy;
import io.registrykit.manifest.ManifestParser;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.event.EventSink;
import io.registrykit.spi.store.RegistryStore;
import java.time.Clock;

/**
 * What every repository of one registry shares. Immutable.
 *
 * @param store where everything is kept
 * @param policy what the registry takes
 * @param manifests reads manifests within the limits of the policy
 * @param clock what tells the time
 * @param events who hears what happened
 * @param actor on whose behalf
 */
public record RegistryContext(
    RegistryStore store,
    RegistryPolicy policy,
    ManifestParser manifests,
    Clock clock,
    EventSink events,
    Principal actor) {

  /**
   * A registry without a caller of its own.
   *
   * @param store where everything is kept
   * @param policy what the registry takes
   * @param clock what tells the time
   * @param events who hears what happened
   */
  public RegistryContext(
      RegistryStore store, RegistryPolicy policy, Clock clock, EventSink events) {
    this(store, policy, new ManifestParser(policy), clock, events, Principal.ANONYMOUS);
  }

  /**
   * The same registry on behalf of somebody else.
   *
   * @param principal who acts
   * @return a copy
   */
  public RegistryContext actingAs(Principal principal) {
    return new RegistryContext(store, policy, manifests, clock, events, principal);
  }
}
