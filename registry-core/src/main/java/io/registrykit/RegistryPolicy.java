package io.registrykit;

import io.registrykit.manifest.ManifestLimits;
import java.time.Duration;

/**
 * What a registry takes from strangers and how strict it is. Immutable.
 *
 * @param maxManifestBytes the largest manifest, in bytes, 1 to 64 MiB; larger ones are refused with
 *     413. The OCI specification asks for 4 MiB or more
 * @param maxJsonDepth how deep the JSON of a manifest may be nested, 8 to 1000
 * @param maxReferences how many blobs and manifests one manifest may name, 1 to 1,000,000
 * @param maxBlobBytes the largest blob, in bytes, 1 or more; larger ones are refused with 413
 * @param maxTagsPerPush how many tags one push may set, 10 to 1000; more are refused with 414
 * @param maxPageEntries how many entries one page of a list has at most, 1 to 100,000, and how many
 *     it has when the caller asks for no number
 * @param sparseIndexes whether an index may name manifests that the repository does not have
 * @param sparseImages whether an image may name blobs that the repository does not have
 * @param acceptRule what to do when a pull does not accept the type of the stored manifest
 * @param uploadLifetime how long an unfinished upload is kept, from its start
 */
public record RegistryPolicy(
    int maxManifestBytes,
    int maxJsonDepth,
    int maxReferences,
    long maxBlobBytes,
    int maxTagsPerPush,
    int maxPageEntries,
    boolean sparseIndexes,
    boolean sparseImages,
    AcceptRule acceptRule,
    Duration uploadLifetime)
    implements ManifestLimits {

  private static final RegistryPolicy STRICT =
      new RegistryPolicy(
          4 * 1024 * 1024,
          100,
          10_000,
          Long.MAX_VALUE,
          100,
          10_000,
          false,
          false,
          AcceptRule.SERVE_STORED,
          Duration.ofDays(7));

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a figure is outside its bounds
   */
  public RegistryPolicy {
    within("maxManifestBytes", maxManifestBytes, 1, 64 * 1024 * 1024);
    within("maxJsonDepth", maxJsonDepth, 8, 1000);
    within("maxReferences", maxReferences, 1, 1_000_000);
    within("maxBlobBytes", maxBlobBytes, 1, Long.MAX_VALUE);
    within("maxTagsPerPush", maxTagsPerPush, 10, 1000);
    within("maxPageEntries", maxPageEntries, 1, 100_000);
    if (uploadLifetime.isNegative() || uploadLifetime.isZero()) {
      throw new IllegalArgumentException("uploadLifetime is not positive");
    }
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is not within " + least + " and " + most);
    }
  }

  /**
   * The default: strict, with the limits of the field.
   *
   * @return a policy that refuses manifests that name what is missing
   */
  public static RegistryPolicy strict() {
    return STRICT;
  }

  /**
   * The same policy with another limit for manifests.
   *
   * @param bytes the largest manifest
   * @return a copy
   */
  public RegistryPolicy withMaxManifestBytes(int bytes) {
    return new RegistryPolicy(
        bytes,
        maxJsonDepth,
        maxReferences,
        maxBlobBytes,
        maxTagsPerPush,
        maxPageEntries,
        sparseIndexes,
        sparseImages,
        acceptRule,
        uploadLifetime);
  }

  /**
   * The same policy with another limit for blobs.
   *
   * @param bytes the largest blob
   * @return a copy
   */
  public RegistryPolicy withMaxBlobBytes(long bytes) {
    return new RegistryPolicy(
        maxManifestBytes,
        maxJsonDepth,
        maxReferences,
        bytes,
        maxTagsPerPush,
        maxPageEntries,
        sparseIndexes,
        sparseImages,
        acceptRule,
        uploadLifetime);
  }

  /**
   * The same policy with another limit for pages.
   *
   * @param entries the most entries of a page
   * @return a copy
   */
  public RegistryPolicy withMaxPageEntries(int entries) {
    return new RegistryPolicy(
        maxManifestBytes,
        maxJsonDepth,
        maxReferences,
        maxBlobBytes,
        maxTagsPerPush,
        entries,
        sparseIndexes,
        sparseImages,
        acceptRule,
        uploadLifetime);
  }

  /**
   * The same policy with another rule for indexes.
   *
   * @param allowed whether an index may name manifests that the repository does not have
   * @return a copy
   */
  public RegistryPolicy withSparseIndexes(boolean allowed) {
    return new RegistryPolicy(
        maxManifestBytes,
        maxJsonDepth,
        maxReferences,
        maxBlobBytes,
        maxTagsPerPush,
        maxPageEntries,
        allowed,
        sparseImages,
        acceptRule,
        uploadLifetime);
  }

  /**
   * The same policy with another rule for images.
   *
   * @param allowed whether an image may name blobs that the repository does not have
   * @return a copy
   */
  public RegistryPolicy withSparseImages(boolean allowed) {
    return new RegistryPolicy(
        maxManifestBytes,
        maxJsonDepth,
        maxReferences,
        maxBlobBytes,
        maxTagsPerPush,
        maxPageEntries,
        sparseIndexes,
        allowed,
        acceptRule,
        uploadLifetime);
  }

  /**
   * The same policy with another rule for what a pull accepts.
   *
   * @param rule the rule
   * @return a copy
   */
  public RegistryPolicy withAcceptRule(AcceptRule rule) {
    return new RegistryPolicy(
        maxManifestBytes,
        maxJsonDepth,
        maxReferences,
        maxBlobBytes,
        maxTagsPerPush,
        maxPageEntries,
        sparseIndexes,
        sparseImages,
        rule,
        uploadLifetime);
  }

  /**
   * The same policy with another life of unfinished uploads.
   *
   * @param lifetime how long an unfinished upload is kept
   * @return a copy
   */
  public RegistryPolicy withUploadLifetime(Duration lifetime) {
    return new RegistryPolicy(
        maxManifestBytes,
        maxJsonDepth,
        maxReferences,
        maxBlobBytes,
        maxTagsPerPush,
        maxPageEntries,
        sparseIndexes,
        sparseImages,
        acceptRule,
        lifetime);
  }
}
