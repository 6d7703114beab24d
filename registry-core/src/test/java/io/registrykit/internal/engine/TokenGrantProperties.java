package io.registrykit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrykit.auth.PasswordName;
import io.registrykit.auth.RepositoryPattern;
import io.registrykit.auth.ScopeMap;
import io.registrykit.model.RepositoryName;
import io.registrykit.spi.auth.Access;
import io.registrykit.spi.auth.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The token endpoint grants exactly what is both asked for and permitted. */
class TokenGrantProperties {
  private static final List<String> NAMES =
      List.of("a", "b", "a/b", "a/b/c", "a/c", "ab", "ab/c", "b/a");

  private static final SecuredApi API = new SecuredApi();
  private static final String SECRET = token();

  private static String token() {
    API.rules.putScopeMap(ScopeMap.of("random-map", Map.of()));
    API.tokens.create("random-token", "random-map");
    return API.tokens.generatePassword("random-token", PasswordName.PASSWORD1, null);
  }

  @Provide
  Arbitrary<Map<String, Set<Action>>> rules() {
    List<String> patterns = new ArrayList<>(NAMES);
    NAMES.forEach(name -> patterns.add(name + "/*"));
    patterns.add("*");
    return Arbitraries.maps(Arbitraries.of(patterns), actions()).ofMaxSize(5);
  }

  @Provide
  Arbitrary<Set<Action>> actions() {
    return Arbitraries.of(
            Action.PULL, Action.PUSH, Action.DELETE, Action.METADATA_READ, Action.METADATA_WRITE)
        .set()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Map.Entry<String, Set<Action>>>> requests() {
    return Combinators.combine(Arbitraries.of(NAMES), actions())
        .as((name, actions) -> Map.entry(name, actions))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** The rule as the documentation has it, without any index. */
  private static boolean permits(Map<String, Set<Action>> rules, String name, Action action) {
    for (Map.Entry<String, Set<Action>> rule : rules.entrySet()) {
      String pattern = rule.getKey();
      boolean matches =
          pattern.equals("*")
              || pattern.equals(name)
              || (pattern.endsWith("/*")
                  && name.startsWith(pattern.substring(0, pattern.length() - 1)));
      if (matches && rule.getValue().contains(action)) {
        return true;
      }
    }
    return false;
  }

  @Property(tries = 150)
  void grantsTheIntersection(
      @ForAll("rules") Map<String, Set<Action>> rules,
      @ForAll("requests") List<Map.Entry<String, Set<Action>>> requests) {
    Map<RepositoryPattern, Set<Action>> map = new LinkedHashMap<>();
    rules.forEach((pattern, actions) -> map.put(new RepositoryPattern(pattern), actions));
    API.rules.putScopeMap(ScopeMap.of("random-map", map));
    List<String> scopes = new ArrayList<>();
    Set<Access> expected = new LinkedHashSet<>();
    for (Map.Entry<String, Set<Action>> request : requests) {
      List<String> names = new ArrayList<>();
      for (Action action : request.getValue()) {
        names.add(action.scopeName());
        if (permits(rules, request.getKey(), action)) {
          expected.add(new Access(new RepositoryName(request.getKey()), action));
        }
      }
      scopes.add("repository:" + request.getKey() + ":" + String.join(",", names));
    }
    scopes.add("registry:catalog:*");

    String token = API.token("random-token", SECRET, scopes.toArray(String[]::new));

    assertThat(API.issuer.verify(token).orElseThrow().access()).isEqualTo(expected);
    for (String name : NAMES) {
      open(token, "GET", "/v2/" + name + "/tags/list", name, expected, Action.PULL);
      open(token, "DELETE", "/acr/v1/" + name, name, expected, Action.DELETE);
      open(token, "GET", "/acr/v1/" + name, name, expected, Action.METADATA_READ);
      open(token, "PATCH", "/acr/v1/" + name, name, expected, Action.METADATA_WRITE);
      open(
          token,
          "PATCH",
          "/v2/" + name + "/blobs/uploads/00000000-0000-4000-8000-000000000000",
          name,
          expected,
          Action.PULL,
          Action.PUSH);
    }
    assertThat(API.as(SecuredApi.bearer(token), "GET", "/v2/_catalog").status()).isEqualTo(401);
  }

  private static void open(
      String token,
      String method,
      String path,
      String name,
      Set<Access> expected,
      Action... needed) {
    boolean permitted = true;
    for (Action action : needed) {
      permitted &= expected.contains(new Access(new RepositoryName(name), action));
    }
    int status = API.as(SecuredApi.bearer(token), method, path).status();
    assertThat(status == 401).as("%s %s", method, path).isEqualTo(!permitted);
    assertThat(status).isNotIn(403, 500);
  }
}
