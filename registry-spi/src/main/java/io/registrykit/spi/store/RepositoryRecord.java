package io.registrykit.spi.store;

import io.registrykit.model.RepositoryName;
import java.time.Instant;

/**
 * What a store knows of a repository. Immutable.
 *
 * @param name its name
 * @param createdAt when its first blob or manifest came
 * @param updatedAt when it was last changed; conditions and events change nothing
 * @param manifests how many manifests it has
 * @param tags how many tags it has
 * @param attributes its locks
 */
public record RepositoryRecord(
    RepositoryName name,
    Instant createdAt,
    Instant updatedAt,
    long manifests,
    long tags,
    Attributes attributes) {}
