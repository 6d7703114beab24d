package io.registrykit.spi.store;

import io.registrykit.model.Digest;
import io.registrykit.model.Tag;
import java.time.Instant;

/**
 * A tag in a repository. Immutable.
 *
 * @param tag its name
 * @param target the manifest that it points to
 * @param createdAt when it was first set
 * @param updatedAt when it was last set, or its locks changed
 * @param attributes its locks
 */
public record TagRecord(
    Tag tag, Digest target, Instant createdAt, Instant updatedAt, Attributes attributes) {}
