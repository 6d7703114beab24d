package io.registrykit.auth;

import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import io.registrykit.spi.auth.Authorizer;
import io.registrykit.spi.auth.Principal;
import io.registrykit.spi.tck.AuthorizerContract;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class AccessRulesContractTest extends AuthorizerContract {
  @Override
  protected Authorizer authorizer(Principal principal, Set<Access> permitted) {
    AccessRules rules = new AccessRules();
    for (Access access : permitted) {
      RepositoryName repository = access.repository();
      if (repository == null) {
        rules.assign(principal, Role.CATALOG_LISTER, RepositoryPattern.ALL);
      } else {
        Set<Action> actions = EnumSet.of(access.action());
        rules.scopeMap("the-map").ifPresent(map -> map.rules().values().forEach(actions::addAll));
        rules.putScopeMap(
            ScopeMap.of("the-map", Map.of(RepositoryPattern.of(repository), actions)));
        rules.bind(principal, "the-map");
      }
    }
    return rules;
  }
}
