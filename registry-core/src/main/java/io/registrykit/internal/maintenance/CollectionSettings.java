package io.registrykit.internal.maintenance;

import io.registrykit.maintenance.CollectionListener;
import io.registrykit.maintenance.RetentionPolicy;
import io.registrykit.spi.event.EventSink;
import io.registrykit.spi.store.RegistryStore;
import java.time.Clock;
import java.time.Duration;

/**
 * What a collection goes by. Immutable.
 *
 * @param store what to clean
 * @param clock what tells the time
 * @param grace how long new and touched blobs are left alone
 * @param retention which manifests go
 * @param listener who hears how it goes on
 * @param events who hears of deleted manifests
 * @param maxObjectsPerSecond how fast to go
 */
public record CollectionSettings(
    RegistryStore store,
    Clock clock,
    Duration grace,
    RetentionPolicy retention,
    CollectionListener listener,
    EventSink events,
    int maxObjectsPerSecond) {}
