package io.registrykit.client;

/**
 * Something that a registry wants people to know, sent as {@code Warning: 299}. Immutable.
 *
 * @param host the registry
 * @param text what it said, at most 4,096 characters
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#warnings">OCI
 *     distribution-spec, warnings</a>
 */
public record RegistryWarning(String host, String text) {}
