package io.registrykit.auth;

import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Principal;
import java.util.List;

/**
 * Why something is permitted or not. Immutable; {@code toString} is a sentence for people.
 *
 * @param principal who asks
 * @param access what for
 * @param allowed whether it is permitted
 * @param because the rules that permit it; empty when it is refused
 * @param wouldHelp what would permit it; empty when it is permitted
 */
public record Explanation(
    Principal principal,
    Access access,
    boolean allowed,
    List<String> because,
    List<String> wouldHelp) {

  /** Copies the lists. */
  public Explanation {
    because = List.copyOf(because);
    wouldHelp = List.copyOf(wouldHelp);
  }

  @Override
  public String toString() {
    String what =
        access.repository() == null
            ? "list the repositories"
            : access.action().scopeName() + " on " + access.repository();
    return allowed
        ? principal + " may " + what + ": " + String.join("; ", because)
        : principal
            + " may not "
            + what
            + ", because no rule permits it; any of these would: "
            + String.join("; ", wouldHelp);
  }
}
