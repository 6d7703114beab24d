package io.registrykit.maintenance;

import io.registrykit.model.Digest;
import java.util.List;
import java.util.OptionalLong;

/**
 * Why the collector keeps or takes one object. Immutable.
 *
 * @param digest the manifest or blob
 * @param storedBytes the length of the blob, or empty when no blob of that digest is stored
 * @param holds what keeps it, repository by repository; at most some for each
 * @param findings why it goes, where it does. A blob of the store may stay even so: when somebody
 *     touched it within the grace, which only the store knows
 */
public record Explanation(
    Digest digest, OptionalLong storedBytes, List<Hold> holds, List<Finding> findings) {

  /** Copies the lists. */
  public Explanation {
    holds = List.copyOf(holds);
    findings = List.copyOf(findings);
  }
}
