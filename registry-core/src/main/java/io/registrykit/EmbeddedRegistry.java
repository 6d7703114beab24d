package io.registrykit;

import io.registrykit.internal.embedded.RegistryContext;
import io.registrykit.internal.embedded.StoreCall;
import io.registrykit.internal.embedded.StoredRepository;
import io.registrykit.model.Page;
import io.registrykit.model.PageRequest;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.event.EventSink;
import io.registrykit.spi.store.RegistryStore;
import java.time.Clock;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A registry inside this process, over a store. Immutable, and safe for use by any number of
 * threads.
 *
 * <p>Callers are trusted: authorization happens where strangers come in, at the HTTP edge. Closing
 * the registry does not close its store; whoever opened that closes it.
 */
public final class EmbeddedRegistry implements Registry {
  private final RegistryContext context;

  private EmbeddedRegistry(RegistryContext context) {
    this.context = context;
  }

  /**
   * Starts a registry.
   *
   * @return a builder that needs a store
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The same registry on behalf of somebody: events name the principal, and uploads belong to it.
   *
   * @param principal who acts
   * @return a view of this registry
   */
  public EmbeddedRegistry actingAs(Principal principal) {
    return new EmbeddedRegistry(context.actingAs(principal));
  }

  @Override
  public EmbeddedRepository repository(RepositoryName name) {
    return new StoredRepository(context, name);
  }

  @Override
  public Page<RepositoryName> repositories(PageRequest page) {
    int most = policy().maxPageEntries();
    PageRequest limited = page.limit() <= most ? page : new PageRequest(most, page.after());
    return StoreCall.run(() -> context.store().repositories().listedRepositories(limited));
  }

  /**
   * A number that is another one whenever {@link #repositories} answers otherwise than before.
   *
   * @return the number, or empty when the store keeps none
   */
  public OptionalLong catalogVersion() {
    return StoreCall.run(() -> context.store().repositories().catalogVersion());
  }

  /**
   * What the registry takes and how strict it is.
   *
   * @return the policy that it was built with
   */
  public RegistryPolicy policy() {
    return context.policy();
  }

  /** Does nothing: the store belongs to whoever opened it. */
  @Override
  public void close() {}

  /** Collects what a registry needs. Not safe for use by several threads at once. */
  public static final class Builder {
    private @Nullable RegistryStore store;
    private RegistryPolicy policy = RegistryPolicy.strict();
    private Clock clock = Clock.systemUTC();
    private EventSink events = event -> {};

    private Builder() {}

    /**
     * Where everything is kept; needed.
     *
     * @param newStore a store, which stays the caller's to close
     * @return this builder
     */
    public Builder store(RegistryStore newStore) {
      this.store = newStore;
      return this;
    }

    /**
     * What the registry takes; {@link RegistryPolicy#strict()} unless told otherwise.
     *
     * @param newPolicy the policy
     * @return this builder
     */
    public Builder policy(RegistryPolicy newPolicy) {
      this.policy = newPolicy;
      return this;
    }

    /**
     * What tells the time; the system's clock unless told otherwise.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(Clock newClock) {
      this.clock = newClock;
      return this;
    }

    /**
     * Who hears what happened; nobody unless told otherwise.
     *
     * @param sink gets each event after its commit, on the thread of the caller
     * @return this builder
     */
    public Builder events(EventSink sink) {
      this.events = sink;
      return this;
    }

    /**
     * Builds the registry.
     *
     * @return a registry that is ready
     * @throws IllegalStateException if it has no store
     */
    public EmbeddedRegistry build() {
      RegistryStore chosen = store;
      if (chosen == null) {
        throw new IllegalStateException("a registry needs a store");
      }
      return new EmbeddedRegistry(new RegistryContext(chosen, policy, clock, events));
    }
  }
}
