package io.registrykit.maintenance;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which manifests the collector deletes. Immutable.
 *
 * <p>Whatever this says, a manifest stays that has a tag or a lock, or that hangs together with one
 * that stays: as part of an index, as subject, as referrer, or by a tag of cosign that names its
 * digest.
 *
 * @param untaggedAfter how long after it was last pushed a manifest without a tag is deleted, or
 *     null when it is kept for ever
 * @see <a
 *     href="https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy">ACR,
 *     retention policy for untagged manifests</a>
 */
public record RetentionPolicy(@Nullable Duration untaggedAfter) {

  private static final RetentionPolicy KEEP_ALL = new RetentionPolicy(null);

  /**
   * Checks the duration.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RetentionPolicy {
    if (untaggedAfter != null && untaggedAfter.isNegative()) {
      throw new IllegalArgumentException("untaggedAfter is negative");
    }
  }

  /**
   * Deletes no manifest.
   *
   * @return the default
   */
  public static RetentionPolicy keepAll() {
    return KEEP_ALL;
  }

  /**
   * Deletes manifests that have no tag.
   *
   * @param age how long after it was last pushed; zero or more
   * @return the policy
   */
  public static RetentionPolicy deleteUntaggedAfter(Duration age) {
    return new RetentionPolicy(age);
  }

  /**
   * How long after it was last pushed a manifest without a tag is deleted.
   *
   * @return empty when it is kept for ever
   */
  public Optional<Duration> untagged() {
    return Optional.ofNullable(untaggedAfter);
  }
}
