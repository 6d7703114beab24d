package io.registrykit;

import io.registrykit.manifest.ManifestLimits;
import java.time.Duration;
import java.util.function.Consumer;

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
    return with(change -> change.maxManifestBytes = bytes);
  }

  /**
   * The same policy with another limit for blobs.
   *
   * @param bytes the largest blob
   * @return a copy
   */
  public RegistryPolicy withMaxBlobBytes(long bytes) {
    return with(change -> change.maxBlobBytes = bytes);
  }

  /**
   * The same policy with another limit for pages.
   *
   * @param entries the most entries of a page
   * @return a copy
   */
  public RegistryPolicy withMaxPageEntries(int entries) {
    return with(change -> change.maxPageEntries = entries);
  }

  /**
   * The same policy with another rule for indexes.
   *
   * @param allowed whether an index may name manifests that the repository does not have
   * @return a copy
   */
  public RegistryPolicy withSparseIndexes(boolean allowed) {
    return with(change -> change.sparseIndexes = allowed);
  }

  /**
   * The same policy with another rule for images.
   *
   * @param allowed whether an image may name blobs that the repository does not have
   * @return a copy
   */
  public RegistryPolicy withSparseImages(boolean allowed) {
    return with(change -> change.sparseImages = allowed);
  }

  /**
   * The same policy with another rule for what a pull accepts.
   *
   * @param rule the rule
   * @return a copy
   */
  public RegistryPolicy withAcceptRule(AcceptRule rule) {
    return with(change -> change.acceptRule = rule);
  }

  /**
   * The same policy with another life of unfinished uploads.
   *
   * @param lifetime how long an unfinished upload is kept
   * @return a copy
   */
  public RegistryPolicy withUploadLifetime(Duration lifetime) {
    return with(change -> change.uploadLifetime = lifetime);
  }

  private RegistryPolicy with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.policy();
  }

  /** The components while one of them changes. */
  private static final class Draft {
    private int maxManifestBytes;
    private int maxJsonDepth;
    private int maxReferences;
    private long maxBlobBytes;
    private int maxTagsPerPush;
    private int maxPageEntries;
    private boolean sparseIndexes;
    private boolean sparseImages;
    private AcceptRule acceptRule;
    private Duration uploadLifetime;

    Draft(RegistryPolicy policy) {
      maxManifestBytes = policy.maxManifestBytes;
      maxJsonDepth = policy.maxJsonDepth;
      maxReferences = policy.maxReferences;
      maxBlobBytes = policy.maxBlobBytes;
      maxTagsPerPush = policy.maxTagsPerPush;
      maxPageEntries = policy.maxPageEntries;
      sparseIndexes = policy.sparseIndexes;
      sparseImages = policy.sparseImages;
      acceptRule = policy.acceptRule;
      uploadLifetime = policy.uploadLifetime;
    }

    RegistryPolicy policy() {
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
          uploadLifetime);
    }
  }
}
