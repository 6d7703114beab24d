package io.registrykit.spi.store;

import io.registrykit.model.RepositoryName;

/**
 * An event that waits to be delivered. Immutable.
 *
 * @param repository where it happened
 * @param event the event
 */
public record PendingEvent(RepositoryName repository, EventRecord event) {}
