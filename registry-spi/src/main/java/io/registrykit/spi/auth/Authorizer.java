package io.registrykit.spi.auth;

import java.io.IOException;
import java.util.Set;

/** Tells what a caller may do. Implementations are safe for use by any number of threads. */
@FunctionalInterface
public interface Authorizer {

  /**
   * Picks what is permitted. Whatever is not known is refused.
   *
   * @param principal who asks
   * @param requested what is asked for
   * @return the subset that is permitted, possibly empty, never more than was asked for
   * @throws IOException if the directory behind it cannot be asked
   */
  Set<Access> permitted(Principal principal, Set<Access> requested) throws IOException;
}
