package io.registrykit.auth;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Principal;
import java.util.ArrayList;
import java.util.List;

/** Says what would permit something that is refused. Thread-safe. */
final class Advice {
  private Advice() {}

  static List<String> on(Principal principal, Access access) {
    RepositoryName repository = access.repository();
    boolean catalog = access.action() == Action.CATALOG;
    if (catalog != (repository == null)) {
      return List.of("nothing: there is no such permission");
    }
    List<String> help = new ArrayList<>();
    if (!principal.equals(Principal.ANONYMOUS)) {
      String where = repository == null ? "*" : repository.value();
      for (Role role : Role.values()) {
        if (role.actions().contains(access.action())) {
          help.add("the role " + role + " on " + where);
        }
      }
      if (!catalog) {
        help.add("a scope map with " + access.action().scopeName() + " on " + where);
      }
    }
    if (access.action() == Action.PULL || access.action() == Action.METADATA_READ) {
      help.add("anonymous pull on " + repository);
    }
    return help.isEmpty() ? List.of("signing in") : help;
  }
}
