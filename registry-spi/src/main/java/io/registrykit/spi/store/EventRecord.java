package io.registrykit.spi.store;

import io.registrykit.model.Bytes;
import java.time.Instant;

/**
 * An event as a store keeps it. Immutable.
 *
 * @param id a name that no other event has
 * @param time when it happened
 * @param payload the event in the words of the engine; the store never looks into it
 */
public record EventRecord(String id, Instant time, Bytes payload) {}
